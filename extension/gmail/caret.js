// The last caret of each body: a link that arrives later is inserted there.

import { bodyAround } from "./compose.js";

/** @type {WeakMap<HTMLElement, {range: Range, order: number}>} */
const carets = new WeakMap();
/** @type {WeakRef<HTMLElement> | null} */
let latest = null;
let moves = 0;

/** Remember the caret from now on. */
export function followCaret() {
  document.addEventListener("selectionchange", note);
  note();
}

/** The last caret or selection in a body; null if the body does not contain it any more. @param {HTMLElement} body */
export function caretIn(body) {
  const range = carets.get(body)?.range;
  return range && body.contains(range.commonAncestorContainer) ? range : null;
}

/** The number of a body in the order in which they last got the caret; 0: it never had it. @param {HTMLElement} body */
export function caretOrder(body) {
  return carets.get(body)?.order ?? 0;
}

/** The body that last had the caret; null if it is gone. */
export function latestBody() {
  const body = latest?.deref();
  return body?.isConnected ? body : null;
}

/**
 * Called at every key that is typed, so it makes no range: a browser updates each range of a page at each change. A
 * body has one, which is moved.
 */
function note() {
  const selection = document.getSelection();
  const node = selection?.anchorNode;
  if (!node) return;
  const before = latest?.deref();
  const body = before?.contains(node) ? before : bodyAround(node);
  if (!body?.contains(selection.focusNode)) return;
  const range = carets.get(body)?.range ?? document.createRange();
  if (selection.isCollapsed) {
    range.setStart(node, selection.anchorOffset);
    range.collapse(true);
  } else {
    const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
  }
  if (body === before) return;
  latest = new WeakRef(body);
  carets.set(body, { range, order: ++moves });
}
