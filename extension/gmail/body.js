// The body of a compose: the element in which the message is written.

import { caretOrder } from "./caret.js";
import { BODY } from "./compose.js";
import { SELECTORS, any } from "./selectors.js";

const EDITABLE = any(SELECTORS.editable);

/**
 * The body of a compose; Gmail may have replaced an earlier one. A compose may hold other textboxes: the body is the
 * one that Gmail marks as editable, else the one that last had the caret.
 * @param {HTMLElement} root
 */
export function bodyOf(root) {
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(BODY)]);
  const shown = preferred(all, (body) => body.getClientRects().length > 0);
  const bodies = preferred(shown, (body) => body.matches(EDITABLE));
  return bodies.toSorted((a, b) => caretOrder(b) - caretOrder(a))[0] ?? null;
}

/** Whether the message is plain text. @param {HTMLElement} body */
export function isPlain(body) {
  return body.getAttribute("contenteditable") === "plaintext-only";
}

/**
 * The bodies that are preferred, if there are any; else all.
 * @param {HTMLElement[]} bodies
 * @param {(body: HTMLElement) => boolean} is
 */
function preferred(bodies, is) {
  const found = bodies.filter(is);
  return found.length ? found : bodies;
}
