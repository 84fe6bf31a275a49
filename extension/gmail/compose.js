// Compose windows, "composes" for short. Each is found by its body, the editable element, and represented by its root
// element. A page may hold several composes, and Gmail may rebuild any of them.

import { SELECTORS, any } from "./selectors.js";

const BODY = any(SELECTORS.body);
const COMPOSE_ID = any(SELECTORS.composeId);

/** The roots of all composes of the page. @returns {Set<HTMLElement>} */
export function findComposes() {
  /** @type {Set<HTMLElement>} */
  const roots = new Set();
  for (const body of document.querySelectorAll(BODY)) {
    const root = rootOf(body);
    if (root) roots.add(root);
  }
  return roots;
}

/** The root of the same compose now, if Gmail rebuilt it; null if it was closed. @param {HTMLElement} root */
export function currentRoot(root) {
  if (root.isConnected) return root;
  const id = idOf(root);
  return [...findComposes()].find((other) => id && idOf(other) === id) ?? null;
}

/** The body of a compose; Gmail may have replaced an earlier one. @param {HTMLElement} root */
export function bodyOf(root) {
  const bodies = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(BODY)]);
  return bodies.find((body) => body.getClientRects().length > 0) ?? bodies[0] ?? null;
}

/** The body around a node. @param {Node | null} node @returns {HTMLElement | null} */
export function bodyAround(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest(BODY) ?? null;
}

/** Whether the message is plain text. @param {HTMLElement} body */
export function isPlain(body) {
  return body.getAttribute("contenteditable") === "plaintext-only";
}

/** @param {Element} body @returns {HTMLElement | null} */
function rootOf(body) {
  for (const { find } of SELECTORS.root) {
    const root = body.closest(find);
    if (root instanceof HTMLElement) return root;
  }
  const root = nearestWithId(body);
  // It must be the root of this body only: the editor of a signature in the settings has a common ancestor with an
  // open compose, and that is no compose.
  const isOwn = root && [...root.querySelectorAll(BODY)].every((other) => nearestWithId(other) === root);
  return isOwn ? root : null;
}

/** @param {HTMLElement} root */
function idOf(root) {
  return /** @type {HTMLInputElement | null} */ (root.querySelector(COMPOSE_ID))?.value;
}

/** The nearest ancestor that contains a compose id. @param {Element} body */
function nearestWithId(body) {
  let around = body.parentElement;
  while (around && !around.querySelector(COMPOSE_ID)) around = around.parentElement;
  return around;
}
