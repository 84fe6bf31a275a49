// The keyboard command. The service worker passes it on to every frame of the tab; only the frame in use reacts.

import { latestBody } from "./caret.js";

/** @typedef {import("../messages.js").TabMessage} TabMessage */

/**
 * @param {{roots: () => HTMLElement[], press: (root: HTMLElement, isShifted: boolean) => void}} buttons
 * @param {AbortSignal} signal
 */
export function onKeyboardCommand({ roots, press }, signal) {
  const onMessage = (/** @type {TabMessage} */ message) => {
    const isInUse = document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
    const root = message.kind === "insert.now" && isInUse && composeInUse(roots());
    if (root) press(root, true);
  };
  chrome.runtime.onMessage.addListener(onMessage);
  signal.addEventListener("abort", () => chrome.runtime.onMessage.removeListener(onMessage));
}

/**
 * The compose with the focus; else the compose that last had the caret; else the only compose.
 * @param {HTMLElement[]} roots
 */
function composeInUse(roots) {
  const rootAround = (/** @type {Element | null} */ element) => element && roots.find((root) => root.contains(element));
  return rootAround(document.activeElement) ?? rootAround(latestBody()) ?? (roots.length === 1 ? roots[0] : undefined);
}
