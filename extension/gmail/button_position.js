// The position of the button: in the toolbar after Send.

import { SELECTORS, any } from "./selectors.js";

/**
 * @typedef {{rank: number, beside: Element, put: (button: HTMLElement) => void}} Position the lowest `rank` is the
 *   best: a button moves when a better position appears
 */

/** The best position in a compose. @param {HTMLElement} root @returns {Position | null} */
export function afterSend(root) {
  const beside = [...root.querySelectorAll(any(SELECTORS.sendCell))].at(-1);
  return beside ? { rank: 0, beside, put: (button) => beside.after(inCell(button)) } : null;
}

/** In a table, the button has a cell of its own. @param {HTMLElement} button */
export function inCell(button) {
  const cell = document.createElement("td");
  cell.dataset.admitone = "cell";
  cell.append(button);
  return cell;
}
