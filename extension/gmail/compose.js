// Composes: found from what is written in, each known by its root. A page may hold several, and rebuild any.

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

/** The root of the compose that `root` was that of: Gmail may have built it anew. @param {HTMLElement} root */
export function rootNow(root) {
  if (root.isConnected) return root;
  const id = idOf(root);
  return [...findComposes()].find((other) => id && idOf(other) === id) ?? null;
}

/** What is written in of a compose; Gmail may have put another one there. @param {HTMLElement} root */
export function bodyOf(root) {
  const bodies = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(BODY)]);
  return bodies.find((body) => body.getClientRects().length > 0) ?? bodies[0] ?? null;
}

/** The body that a node lies in. @param {Node | null} node @returns {HTMLElement | null} */
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
  const root = identifiedAround(body);
  // An ancestor of a compose is not one: a signature in the settings would share it with a compose that is open.
  const isOwn = root && [...root.querySelectorAll(BODY)].every((other) => identifiedAround(other) === root);
  return isOwn ? root : null;
}

/** @param {HTMLElement} root */
function idOf(root) {
  return /** @type {HTMLInputElement | null} */ (root.querySelector(COMPOSE_ID))?.value;
}

/** @param {Element} body */
function identifiedAround(body) {
  let around = body.parentElement;
  while (around && !around.querySelector(COMPOSE_ID)) around = around.parentElement;
  return around;
}
