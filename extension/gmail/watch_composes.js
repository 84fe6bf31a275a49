// Watching for composes that are opened, closed or rebuilt. Gmail changes its page all the time: the page is searched
// only if a change can matter, and at most once per frame.

import { BODY, COMPOSE_ID, findBodies } from "./compose.js";

const MATTERS = `${BODY}, ${COMPOSE_ID}`;

/**
 * Call `onFound` with the roots of all composes: now, and whenever they or what is in them outside the bodies may have
 * changed.
 * @param {(roots: Set<HTMLElement>) => void} onFound
 * @param {AbortSignal} signal
 */
export function watchComposes(onFound, signal) {
  /** @type {HTMLElement[]} */
  let bodies = [];
  /** @type {Set<HTMLElement>} */
  let roots = new Set();
  /** Bodies that are in no compose, or in one that is not complete yet. @type {HTMLElement[]} */
  let others = [];
  let frame = 0;

  function search() {
    frame = 0;
    if (signal.aborted) return;
    const found = findBodies();
    bodies = [...found.keys()];
    roots = new Set([...found.values()].filter((root) => root !== null));
    others = bodies.filter((body) => !found.get(body));
    onFound(roots);
  }

  /** @param {MutationRecord[]} records */
  function changed(records) {
    if (!frame && records.some(matters)) frame = requestAnimationFrame(search);
  }

  /** @param {MutationRecord} record */
  function matters({ type, target, addedNodes, removedNodes }) {
    if (type === "attributes") return bodies.some((body) => body === target) || isRelevant(target);
    if (bodies.some((body) => body.contains(target))) return false; // somebody is typing
    for (const root of roots) if (root.contains(target) || (removedNodes.length && !root.isConnected)) return true;
    return others.some((body) => target.contains(body)) || [...addedNodes].some(isRelevant);
  }
  const observer = new MutationObserver(changed);
  // An element becomes a body when it gets these attributes.
  const attributeFilter = ["contenteditable", "g_editable", "role"];
  observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
  search();
}

/** Whether a body or a compose came with this node. @param {Node} node */
function isRelevant(node) {
  if (!(node instanceof Element) || !node.isConnected) return false;
  return node.firstElementChild ? node.matches(MATTERS) || node.querySelector(MATTERS) !== null : node.matches(MATTERS);
}
