// Watching for composes that are opened, closed or rebuilt. Gmail changes its page all the time, often in each frame: a
// change only causes a look at the page, and there are at most ten looks a second.

import { findBodies } from "./compose.js";

const DELAY = 100; // ms
// An element becomes a body when it gets these attributes.
const OBSERVED = { childList: true, subtree: true, attributeFilter: ["contenteditable", "g_editable", "role"] };

/**
 * Call `onFound` with the roots of all composes: now, and soon after anything but the text of a message has changed.
 * @param {(roots: Set<HTMLElement>) => void} onFound
 */
export function watchComposes(onFound) {
  /** @type {HTMLElement[]} */
  let bodies = [];
  const observer = new MutationObserver((records) => {
    if (records.every(isTyping)) return;
    observer.disconnect(); // what else changes until the look costs nothing
    setTimeout(look, DELAY);
  });

  function look() {
    observer.observe(document.documentElement, OBSERVED);
    const found = findBodies();
    bodies = [...found.keys()];
    onFound(new Set([...found.values()].filter((root) => root !== null)));
  }

  /** @param {MutationRecord} record */
  function isTyping({ type, target }) {
    return type === "childList" && bodies.some((body) => body.contains(target));
  }

  look();
}
