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
    if (!frame && records.some(isOfThePage)) frame = requestAnimationFrame(scan);
  });
  // A body may be one only once it has its attributes.
  const attributeFilter = ["contenteditable", "g_editable"];
  observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
  scan();
}

/** Typing changes what is in a body, which is none of our business. @param {MutationRecord} record */
function isOfThePage({ target, type }) {
  return type === "attributes" || !bodyAround(target);
}
