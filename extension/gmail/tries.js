// A page that keeps removing the button wins: after a few tries its compose stays without one. Each toolbar that Gmail
// builds later is one more try.

import { idOf } from "./compose.js";

const MOST = 5;
const SETTLED = 2000; // ms; a button that stood longer was not unwanted: Gmail rebuilt the toolbar

/** By the id of the compose. @type {Map<string, {count: number, at: number}>} */
const tries = new Map();
/** The elements beside which the page removed the last button. @type {WeakSet<Element>} */
const unwanted = new WeakSet();

/** Whether to put a button into a compose that has none now. @param {HTMLElement} root @param {Element} beside */
export function mayTry(root, beside) {
  const id = idOf(root) ?? "";
  const now = performance.now();
  const { count, at } = tries.get(id) ?? { count: 0, at: -Infinity };
  const isSettled = now - at > SETTLED;
  if (count >= MOST && (!isSettled || unwanted.has(beside))) {
    unwanted.add(beside);
    return false;
  }
  tries.set(id, { count: count >= MOST ? MOST : isSettled ? 1 : count + 1, at: now });
  return true;
}
