// The keyboard command, which the service worker passes on to every frame of the tab: the one in use obeys.

import { latestBody } from "./caret.js";

/** @typedef {import("../messages.js").Order} Order */

/**
 * @param {{roots: () => HTMLElement[], press: (root: HTMLElement, isShifted: boolean) => void}} buttons
 * @param {AbortSignal} signal
 */
export function obeyCommand({ roots, press }, signal) {
  const obey = (/** @type {Order} */ order) => {
    const isHere = document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
    if (order.kind !== "insert.now" || !isHere || document.querySelector('[data-admitone="panel"]')) return;
    const root = inUse(roots());
    if (root) press(root, true);
  };
  chrome.runtime.onMessage.addListener(obey);
  signal.addEventListener("abort", () => chrome.runtime.onMessage.removeListener(obey));
}

/**
 * The compose with the focus, else the one that was written in last, else the only one.
 * @param {HTMLElement[]} roots
 */
function inUse(roots) {
  const holding = (/** @type {Element | null} */ element) => element && roots.find((root) => root.contains(element));
  return holding(document.activeElement) ?? holding(latestBody()) ?? (roots.length === 1 ? roots[0] : undefined);
}
