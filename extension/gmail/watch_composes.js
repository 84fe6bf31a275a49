// Watching for composes that are opened, closed or rebuilt: one observer, and at most one search per frame.

import { bodyAround, findComposes } from "./compose.js";

/**
 * Call `onFound` with the roots of all composes, now and whenever they may have changed.
 * @param {(roots: Set<HTMLElement>) => void} onFound
 * @param {AbortSignal} signal
 */
export function watchComposes(onFound, signal) {
  let frame = 0;
  const scan = () => {
    frame = 0;
    if (!signal.aborted) onFound(findComposes());
  };
  const observer = new MutationObserver((records) => {
    if (!frame && records.some(isOutsideBodies)) frame = requestAnimationFrame(scan);
  });
  // An element becomes a body when it gets these attributes.
  const attributeFilter = ["contenteditable", "g_editable"];
  observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
  scan();
}

/** Typing changes only the inside of a body, and needs no search. @param {MutationRecord} record */
function isOutsideBodies({ target, type }) {
  return type === "attributes" || !bodyAround(target);
}
