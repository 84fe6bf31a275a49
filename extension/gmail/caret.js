// The last caret of each body: a link that arrives later is inserted there.

import { bodyAround } from "./compose.js";

/** @type {WeakMap<HTMLElement, Range>} */
const carets = new WeakMap();
/** @type {WeakRef<HTMLElement> | null} */
let latest = null;

/** Remember the caret from now on. @param {AbortSignal} signal */
export function followCaret(signal) {
  document.addEventListener("selectionchange", note, { signal });
  note();
}

/** The last caret or selection in a body; null if the body does not contain it any more. @param {HTMLElement} body */
export function caretIn(body) {
  const caret = carets.get(body);
  return caret && body.contains(caret.commonAncestorContainer) ? caret : null;
}

/** The body that last had the caret; null if it is gone. */
export function latestBody() {
  const body = latest?.deref();
  return body?.isConnected ? body : null;
}

function note() {
  const selection = document.getSelection();
  if (!selection?.rangeCount) return;
  const range = selection.getRangeAt(0);
  const body = bodyAround(range.commonAncestorContainer);
  if (!body) return;
  carets.set(body, range.cloneRange());
  if (latest?.deref() !== body) latest = new WeakRef(body);
}
