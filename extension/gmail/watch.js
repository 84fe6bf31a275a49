// Notices composes as they come, go and are rebuilt: one observer, and at most one look at the page per frame.

import { bodyAround, findComposes } from "./compose.js";

/**
 * Calls `look` with the roots of all composes, now and whenever they may have changed.
 * @param {(roots: Set<HTMLElement>) => void} look
 * @param {AbortSignal} signal
 */
export function watchComposes(look, signal) {
  let frame = 0;
  const scan = () => {
    frame = 0;
    if (!signal.aborted) look(findComposes());
  };
  const observer = new MutationObserver((records) => {
    // Typing changes a body only: that is none of our business.
    if (!frame && records.some(({ target }) => !bodyAround(target))) frame = requestAnimationFrame(scan);
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
  scan();
}
