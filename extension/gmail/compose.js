// Compose windows, "composes" for short. Each is found by its body, the editable element, and represented by its root
// element. A page may hold several composes, and Gmail may rebuild any of them.

import { SELECTORS, any } from "./selectors.js";

export const BODY = any(SELECTORS.body);
const TEXTBOX = any(SELECTORS.textbox);
const COMPOSE_ID = any(SELECTORS.composeId);
const LIMIT = any(SELECTORS.limit);

/**
 * All textboxes that may be the body of a compose, each with the root of its compose; null if it is in no compose.
 * @returns {Map<HTMLElement, HTMLElement | null>}
 */
export function findBodies() {
  const textboxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(TEXTBOX)]);
  const bodies = textboxes.filter((textbox) => textbox.matches(BODY));
  const roots = new Map(bodies.map((body) => [body, rootAround(body)]));
  if (bodies.every((body) => roots.get(body))) return roots;
  const ids = [...document.querySelectorAll(COMPOSE_ID)];
  const nearest = new Map(bodies.map((body) => [body, nearestWith(ids, body)]));
  return new Map(bodies.map((body) => [body, roots.get(body) ?? nearestAlone(body, nearest)]));
}

/** The textbox around an element that may be a body. @param {EventTarget | null} at @returns {HTMLElement | null} */
export function bodyAround(at) {
  return at instanceof Element ? at.closest(BODY) : null;
}

/** @param {HTMLElement} body @returns {HTMLElement | null} */
function rootAround(body) {
  for (const selector of SELECTORS.root) {
    const root = body.closest(selector);
    if (root instanceof HTMLElement) return root;
  }
  return null;
}

/**
 * The nearest ancestor with a compose id. It must be the nearest of all bodies in it: the editor of a signature in the
 * settings has a common ancestor with an open compose, and that is no compose.
 * @param {HTMLElement} body
 * @param {Map<HTMLElement, HTMLElement | null>} nearest of all bodies
 */
function nearestAlone(body, nearest) {
  const root = nearest.get(body) ?? null;
  const isAlone = [...nearest].every(([other, its]) => its === root || !root?.contains(other));
  return isAlone ? root : null;
}

/** @param {Element[]} ids @param {HTMLElement} body @returns {HTMLElement | null} */
function nearestWith(ids, body) {
  if (!ids.length) return null;
  for (let around = body.parentElement; around; around = around.parentElement) {
    if (ids.some((id) => around?.contains(id))) return around;
    if (around.matches(LIMIT)) break;
  }
  return null;
}

/** The id of a compose, which stays the same if Gmail rebuilds it. @param {HTMLElement} root */
export function idOf(root) {
  return /** @type {HTMLInputElement | null} */ (root.querySelector(COMPOSE_ID))?.value;
}
