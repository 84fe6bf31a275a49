// Inserting content into a message as one step, which Gmail's undo reverts.

import { caretIn } from "./caret.js";
import { isPlain } from "./compose.js";

/**
 * @typedef {{html: string, text: string, isList: boolean}} Content `html` for a formatted message, `text` for a plain
 *   one; `isList`: the content is several lines, and begins on a new line
 */

const LINE = "div, p, li, td, blockquote";

/**
 * Insert at the last caret of the body, or at its start if it never had one. Only the browser's editing command is
 * used: undo would not revert anything else, and the clipboard remains as a fallback.
 * @param {HTMLElement} body
 * @param {Content} content
 * @returns {boolean} whether the content was inserted
 */
export function insert(body, content) {
  const before = body.innerHTML;
  const styled = new Set(body.querySelectorAll("[style]"));
  const caret = putCaret(body);
  const breaks = content.isList && hasTextBefore(body, caret);
  // The space at the end keeps text that is typed next out of the link. In HTML a plain space would collapse.
  const isWritten = isPlain(body)
    ? document.execCommand("insertText", false, `${breaks ? "\n" : ""}${content.text} `)
    : document.execCommand("insertHTML", false, `${breaks ? "<br>" : ""}${content.html}&nbsp;`);
  removeStyles(body, styled);
  return isWritten && body.innerHTML !== before;
}

/** Focus a body and put the caret where it last was. @param {HTMLElement} body @returns {Range} the caret */
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

/** Whether there is text before the caret in its line. @param {HTMLElement} body @param {Range} caret */
function hasTextBefore(body, caret) {
  const { startContainer: node, startOffset } = caret;
  const around = (node instanceof Element ? node : node.parentElement)?.closest(LINE);
  const line = document.createRange();
  line.setStart(around && body.contains(around) ? around : body, 0);
  line.setEnd(node, startOffset);
  return line.toString().trim() !== "";
}

/**
 * Chromium adds styles of Gmail's page (such as the light text of its dark theme) to content that it inserts at the
 * start or the end of a line. They are removed: they would be sent, and text that is typed next would get them.
 * @param {HTMLElement} body
 * @param {Set<Element>} styled elements that had a style before
 */
function removeStyles(body, styled) {
  for (const element of body.querySelectorAll("[style]")) {
    if (styled.has(element)) continue;
    if (element instanceof HTMLAnchorElement || !element.textContent?.trim()) element.removeAttribute("style");
  }
}
