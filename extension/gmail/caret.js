// The last caret of each body: a link that arrives later is inserted there. While a body has the focus, the page knows
// its caret; it is noted when the focus leaves, so that typing costs nothing.

import { bodyAround } from "./compose.js";

/** The caret or selection of each body when the focus left it. @type {WeakMap<HTMLElement, Range>} */
const left = new WeakMap();
/** The numbers of the bodies that had the focus. @type {WeakMap<HTMLElement, number>} */
const orders = new WeakMap();
/** @type {WeakRef<HTMLElement> | null} */
let latest = null;
let count = 0;

/** Remember carets from now on. */
export function followCaret() {
  document.addEventListener("focusin", ({ target }) => enter(target));
  document.addEventListener("focusout", ({ target }) => {
    const body = bodyAround(target);
    const range = body && selectionIn(body);
    if (range) left.set(body, range);
  });
  enter(document.activeElement);
}

/** The last caret or selection in a body; null if the body does not contain it any more. @param {HTMLElement} body */
export function caretIn(body) {
  const range = selectionIn(body) ?? left.get(body);
  return range && body.contains(range.commonAncestorContainer) ? range : null;
}

/** The number of a body in the order in which they last got the caret; 0: it never had it. @param {HTMLElement} body */
export function caretOrder(body) {
  return orders.get(body) ?? 0;
}

/** The body that last had the caret; null if it is gone. */
export function latestBody() {
  const body = latest?.deref();
  return body?.isConnected ? body : null;
}

/** @param {EventTarget | null} target */
function enter(target) {
  const body = bodyAround(target);
  if (!body) return;
  latest = new WeakRef(body);
  orders.set(body, ++count);
}

/** What is selected in the page now, if all of it is in this body; a copy. @param {HTMLElement} body */
function selectionIn(body) {
  const selection = document.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  return range && body.contains(range.commonAncestorContainer) ? range.cloneRange() : null;
}
