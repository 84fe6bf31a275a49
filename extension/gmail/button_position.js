// The position of the button: in the toolbar after Send, or as near to it as can be found in this version of Gmail.

import { bodyOf } from "./body.js";
import { SELECTORS, any } from "./selectors.js";

const CELL = any(SELECTORS.cell);

/**
 * @typedef {(button: HTMLElement) => void} Put
 * @typedef {{rank: number, beside: Element, put: Put}} Position the lowest `rank` is the best: a button moves when a
 *   better position appears
 */

/** The best position in a compose. @param {HTMLElement} root @returns {Position | null} */
export function findPosition(root) {
  for (const [rank, find] of [afterSend, beforeFormatting, inToolbar, afterFirstButton, afterBody].entries()) {
    const found = find(root);
    if (found) return { rank, ...found };
  }
  return null;
}

/** @typedef {(root: HTMLElement) => {beside: Element, put: Put} | null} Finder */

/** @type {Finder} */
function afterSend(root) {
  const cell = [...root.querySelectorAll(any(SELECTORS.sendCell))].at(-1);
  return cell ? { beside: cell, put: (button) => cell.after(inCell(button)) } : null;
}

/** @type {Finder} */
function beforeFormatting(root) {
  const format = root.querySelector(any(SELECTORS.formatCell));
  if (!format) return null;
  const cell = format.closest(CELL);
  const isInCell = cell && root.contains(cell);
  return { beside: format, put: (button) => (isInCell ? cell.before(inCell(button)) : format.before(button)) };
}

/** @type {Finder} */
function inToolbar(root) {
  const toolbar = root.querySelector(any(SELECTORS.toolbar));
  if (!toolbar) return null;
  const row = toolbar.querySelector(any(SELECTORS.row));
  return { beside: toolbar, put: (button) => (row ? row.append(inCell(button)) : toolbar.append(button)) };
}

/** @type {Finder} */
function afterFirstButton(root) {
  const body = bodyOf(root);
  const buttons = [...root.querySelectorAll(any(SELECTORS.button))];
  const first = buttons.find(
    (button) =>
      !button.hasAttribute("data-admitone") &&
      body !== null &&
      (body.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      !body.contains(button),
  );
  if (!first) return null;
  const cell = first.closest(CELL);
  const isInCell = cell && root.contains(cell) && !cell.contains(body);
  return { beside: first, put: (button) => (isInCell ? cell.after(inCell(button)) : first.after(button)) };
}

/** @type {Finder} */
function afterBody(root) {
  const body = bodyOf(root);
  return body && { beside: body, put: (button) => body.after(button) };
}

/** @param {HTMLElement} button */
function inCell(button) {
  const cell = document.createElement("td");
  cell.dataset.admitone = "cell";
  cell.append(button);
  return cell;
}
