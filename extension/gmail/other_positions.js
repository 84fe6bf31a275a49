// The position of the button in a compose whose Send button is unknown: as near to it as can be found in this version
// of Gmail.

import { bodyOf } from "./body.js";
import { inCell } from "./button_position.js";
import { SELECTORS, any } from "./selectors.js";

const CELL = any(SELECTORS.cell);
const ROW = any(SELECTORS.row);

/** @typedef {(root: HTMLElement) => Element | null | undefined} Finder */
/** @typedef {"after" | "before" | "append"} Where */
/** What the button is put beside, and where; the best place first. @type {[Finder, Where][]} */
const PLACES = [
  [(root) => root.querySelector(any(SELECTORS.formatCell)), "before"],
  [toolbarOf, "append"],
  [firstButton, "after"],
  [bodyOf, "after"],
];

/** The best of them. @param {HTMLElement} root @returns {import("./button_position.js").Position | null} */
export function findOther(root) {
  for (const [place, [find, where]] of PLACES.entries()) {
    const beside = find(root);
    if (beside) return { rank: place + 1, beside, put: (button) => put(root, beside, where, button) };
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
 * @param {HTMLElement} root
 * @param {Element} beside
 * @param {Where} where
 * @param {HTMLElement} button
 */
function put(root, beside, where, button) {
  const around = where === "append" ? beside.matches(ROW) && beside : cellAround(root, beside);
  if (around) around[where](inCell(button));
  else beside[where](button);
}

/** The cell around an element, if it is one of the toolbar. @param {HTMLElement} root @param {Element} element */
function cellAround(root, element) {
  const cell = element.closest(CELL);
  return cell && root.contains(cell) && !cell.contains(bodyOf(root)) ? cell : null;
}
