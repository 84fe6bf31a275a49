// The keyboard command. The service worker passes it on to every frame of the tab; only the frame in use reacts.

import { latestBody } from "./caret.js";
import { press, roots } from "./compose_buttons.js";

/** @typedef {import("../messages.js").TabMessage} TabMessage */

export function onKeyboardCommand() {
  chrome.runtime.onMessage.addListener((/** @type {TabMessage} */ { kind }) => {
    const isInUse = document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
    const root = kind === "insert.now" && isInUse && composeInUse(roots());
    if (root) void press(root, true);
  });
}

/**
 * The compose with the focus; else the compose that last had the caret; else the only compose.
 * @param {HTMLElement[]} roots
 */
function composeInUse(roots) {
  const rootAround = (/** @type {Element | null} */ element) => element && roots.find((root) => root.contains(element));
  return rootAround(document.activeElement) ?? rootAround(latestBody()) ?? (roots.length === 1 ? roots[0] : undefined);
}
