// The position of the button: in the toolbar after Send, or as near to it as can be found in this version of Gmail.

import { bodyOf } from "./body.js";
import { SELECTORS, any } from "./selectors.js";

const CELL = any(SELECTORS.cell);
const ROW = any(SELECTORS.row);

/**
 * @typedef {{rank: number, beside: Element, put: (button: HTMLElement) => void}} Position the lowest `rank` is the
 *   best: a button moves when a better position appears
 */

/** @typedef {(root: HTMLElement) => Element | null | undefined} Finder */
/** @typedef {"after" | "before" | "append"} Where */
/** What the button is put beside, and where; the best place first. @type {[Finder, Where][]} */
const PLACES = [
  [(root) => [...root.querySelectorAll(any(SELECTORS.sendCell))].at(-1), "after"],
  [(root) => root.querySelector(any(SELECTORS.formatCell)), "before"],
  [toolbarOf, "append"],
  [firstButton, "after"],
  [bodyOf, "after"],
];

/** The best position in a compose. @param {HTMLElement} root @returns {Position | null} */
export function findPosition(root) {
  for (const [rank, [find, where]] of PLACES.entries()) {
    const beside = find(root);
    if (beside) return { rank, beside, put: (button) => put(root, beside, where, button) };
  }
  return null;
}

/** The toolbar, or its row if it is a table. @type {Finder} */
function toolbarOf(root) {
  const toolbar = root.querySelector(any(SELECTORS.toolbar));
  return toolbar?.querySelector(any(SELECTORS.row)) ?? toolbar;
}

/** The first button after the body: Send. @type {Finder} */
function firstButton(root) {
  const body = bodyOf(root);
  return [...root.querySelectorAll(`:is(${any(SELECTORS.button)}):not([data-admitone])`)].find(
    (button) => body && body.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

/**
 * In a table, the button has a cell of its own.
 * @param {HTMLElement} root
 * @param {Element} beside
 * @param {Where} where
 * @param {HTMLElement} button
 */
function put(root, beside, where, button) {
  const around = where === "append" ? beside.matches(ROW) && beside : cellAround(root, beside);
  if (!around) return beside[where](button);
  const cell = document.createElement("td");
  cell.dataset.admitone = "cell";
  cell.append(button);
  around[where](cell);
}

/** The cell around an element, if it is one of the toolbar. @param {HTMLElement} root @param {Element} element */
function cellAround(root, element) {
  const cell = element.closest(CELL);
  return cell && root.contains(cell) && !cell.contains(bodyOf(root)) ? cell : null;
}
