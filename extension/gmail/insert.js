// Puts something into a message, as one step that Gmail's undo takes back.

import { caretIn } from "./caret.js";
import { isPlain } from "./compose.js";

/**
 * What is inserted, for a message with formats and one without; `isList`: lines of their own.
 * @typedef {{html: string, text: string, isList: boolean}} Content
 */

const LINE = "div, p, li, td, blockquote";

/**
 * Insert at the caret that the body had, at its start if it never had one. Whether it is there now. Nothing else is
 * tried: what is put there in any other way, undo does not take back, and the clipboard remains.
 * @param {HTMLElement} body
 * @param {Content} content
 */
export function insert(body, content) {
  const before = body.innerHTML;
  const styled = new Set(body.querySelectorAll("[style]"));
  const caret = putCaret(body);
  const breaks = content.isList && hasTextBefore(body, caret);
  // A plain space before the caret would collapse, and what is typed next would be part of the link.
  const isWritten = isPlain(body)
    ? document.execCommand("insertText", false, `${breaks ? "\n" : ""}${content.text} `)
    : document.execCommand("insertHTML", false, `${breaks ? "<br>" : ""}${content.html}&nbsp;`);
  undress(body, styled);
  return isWritten && body.innerHTML !== before;
}

/** Focus a body, with the caret where it had it last. @param {HTMLElement} body @returns {Range} */
export function putCaret(body) {
  const caret = caretIn(body) ?? startOf(body);
  body.focus({ preventScroll: true });
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(caret);
  return caret;
}

/** @param {HTMLElement} body */
function startOf(body) {
  const range = document.createRange();
  range.setStart(body, 0);
  return range;
}

/** Whether the caret's line begins with something else. @param {HTMLElement} body @param {Range} caret */
function hasTextBefore(body, caret) {
  const { startContainer: node, startOffset } = caret;
  const around = (node instanceof Element ? node : node.parentElement)?.closest(LINE);
  const line = document.createRange();
  line.setStart(around && body.contains(around) ? around : body, 0);
  line.setEnd(node, startOffset);
  return line.toString().trim() !== "";
}

/**
 * Chromium writes the looks of Gmail's page (its dark theme's light text) onto what it inserts at either end of a
 * line. Taken off again: they would be sent, and what is typed next would have them.
 * @param {HTMLElement} body
 * @param {Set<Element>} styled what had looks of its own before
 */
function undress(body, styled) {
  for (const element of body.querySelectorAll("[style]")) {
    if (styled.has(element)) continue;
    if (element instanceof HTMLAnchorElement || !element.textContent?.trim()) element.removeAttribute("style");
  }
}
