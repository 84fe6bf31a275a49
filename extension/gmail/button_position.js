// The position of the button: in the toolbar after Send, or as near to it as can be found in this version of Gmail.

import { bodyOf } from "./body.js";
import { SELECTORS, any } from "./selectors.js";

const CELL = any(SELECTORS.cell);
const IN_TABLE = `${CELL}, ${any(SELECTORS.row)}`;

/**
 * @typedef {object} Position
 * @property {number} rank the lowest is the best: a button moves when a better position appears
 * @property {Element} beside the element beside which the button is, or in which it is the last one
 * @property {(button: HTMLElement) => void} put
 *
 * @typedef {["after" | "before" | "append", Element] | null} Place
 */

/** The best position in a compose. @param {HTMLElement} root @returns {Position | null} */
export function findPosition(root) {
  const finders = [afterSend, beforeFormatting, inToolbar, afterFirstButton, afterBody];
  for (const [rank, find] of finders.entries()) {
    const place = find(root);
    if (!place) continue;
    const [how, beside] = place;
    return { rank, beside, put: (button) => beside[how](beside.matches(IN_TABLE) ? inCell(button) : button) };
  }
  return null;
}

/** @param {HTMLElement} root @returns {Place} */
function afterSend(root) {
  const cell = [...root.querySelectorAll(any(SELECTORS.sendCell))].at(-1);
  return cell ? ["after", cell] : null;
}

/** @param {HTMLElement} root @returns {Place} */
function beforeFormatting(root) {
  const format = root.querySelector(any(SELECTORS.formatCell));
  return format && ["before", cellAround(format, root) ?? format];
}

/** @param {HTMLElement} root @returns {Place} */
function inToolbar(root) {
  const toolbar = root.querySelector(any(SELECTORS.toolbar));
  return toolbar && ["append", toolbar.querySelector(any(SELECTORS.row)) ?? toolbar];
}

/** @param {HTMLElement} root @returns {Place} */
function afterFirstButton(root) {
  const body = bodyOf(root);
  const first = [...root.querySelectorAll(any(SELECTORS.button))].find(
    (button) =>
      !button.hasAttribute("data-admitone") &&
      body !== null &&
      (body.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      !body.contains(button),
  );
  if (!first) return null;
  const cell = cellAround(first, root);
  return ["after", cell && !cell.contains(body) ? cell : first];
}

/** @param {HTMLElement} root @returns {Place} */
function afterBody(root) {
  const body = bodyOf(root);
  return body && ["after", body];
}

/** @param {Element} element @param {HTMLElement} root */
function cellAround(element, root) {
  const cell = element.closest(CELL);
  return cell && root.contains(cell) ? cell : null;
}

/** @param {HTMLElement} button */
function inCell(button) {
  const cell = document.createElement("td");
  cell.dataset.admitone = "cell";
  cell.append(button);
  return cell;
}
