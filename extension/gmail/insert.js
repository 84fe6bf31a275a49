// Puts something into a message, as one step that Gmail's undo takes back.

import { caretIn } from "./caret.js";
import { isPlain } from "./compose.js";

/** @typedef {{html: string, text: string}} Content what is inserted, for a message with formats and one without */

/**
 * Insert at the caret that the body had, at its start if it never had one. Whether it is there now.
 * @param {HTMLElement} body
 * @param {Content} content
 */
export function insert(body, content) {
  const before = body.innerHTML;
  const range = putCaret(body);
  const plain = isPlain(body);
  // A plain space before the caret would collapse, and what is typed next would be part of the link.
  const written = plain
    ? document.execCommand("insertText", false, `${content.text} `)
    : document.execCommand("insertHTML", false, `${content.html}&nbsp;`);
  if (written && body.innerHTML !== before) return true;
  return insertWithoutUndo(body, range, plain ? document.createTextNode(`${content.text} `) : fragment(content.html));
}

/** Focus a body, with the caret where it had it last. @param {HTMLElement} body */
export function putCaret(body) {
  let range = caretIn(body);
  if (!range) {
    range = document.createRange();
    range.setStart(body, 0);
  }
  body.focus({ preventScroll: true });
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  return range;
}

/**
 * For a page that swallows the command: there in any case, though undo does not know of it.
 * @param {HTMLElement} body
 * @param {Range} range
 * @param {Node} node
 */
function insertWithoutUndo(body, range, node) {
  if (!body.isContentEditable) return false;
  range.deleteContents();
  range.insertNode(node);
  range.collapse(false);
  body.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  return true;
}

/** @param {string} html our own, of an address and escaped text */
function fragment(html) {
  return document.createRange().createContextualFragment(`${html}&nbsp;`);
}
