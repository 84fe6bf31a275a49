// Watching for composes that are opened, closed or rebuilt. Gmail changes its page all the time: the page is searched
// only if a change can matter, and at most once per frame.

import { BODY, COMPOSE_ID, TEXTBOX, findBodies } from "./compose.js";

/**
 * Call `onFound` with the roots of all composes: now, and whenever they or what is in them outside the bodies may have
 * changed.
 * @param {(roots: Set<HTMLElement>) => void} onFound
 */
export function watchComposes(onFound) {
  /** @type {HTMLElement[]} */
  let bodies = [];
  /** @type {Set<HTMLElement>} */
  let roots = new Set();
  /** Bodies that are in no compose, or in one that is not complete yet. @type {HTMLElement[]} */
  let others = [];
  let isSearchDue = true;
  let frame = 0;

  function look() {
    frame = 0;
    if (isSearchDue) search();
    onFound(roots);
  }

  function search() {
    const found = findBodies();
    bodies = [...found.keys()];
    roots = new Set([...found.values()].filter((root) => root !== null));
    others = bodies.filter((body) => !found.get(body));
    isSearchDue = false;
  }

  /** @param {MutationRecord[]} records */
  function changed(records) {
    if (isSearchDue) return;
    const relevant = records.filter(isNotTyping);
    isSearchDue = relevant.some(needsSearch);
    if (!frame && (isSearchDue || relevant.some(isInCompose))) frame = requestAnimationFrame(look);
  }

  /** @param {MutationRecord} record */
  function isNotTyping({ type, target }) {
    return type === "attributes" || !bodies.some((body) => body.contains(target));
  }

  /** @param {MutationRecord} record */
  function needsSearch({ type, target, addedNodes, removedNodes }) {
    if (type === "attributes") {
      return target instanceof HTMLElement && target.matches(BODY) !== bodies.includes(target);
    }
    if (removedNodes.length && bodies.some((body) => !body.isConnected)) return true;
    return others.some((body) => target.contains(body)) || [...addedNodes].some(isOrHoldsTextbox);
  }

  /** @param {MutationRecord} record */
  function isInCompose({ target }) {
    return [...roots].some((root) => root.contains(target));
  }

  // An element becomes a body when it gets these attributes.
  const attributeFilter = ["contenteditable", "g_editable", "role"];
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true, attributeFilter });
  look();
}

/** Whether a textbox or a compose came with this node. @param {Node} node */
function isOrHoldsTextbox(node) {
  if (!(node instanceof Element) || !node.isConnected) return false;
  if (!node.firstElementChild) return node.matches(`${TEXTBOX}, ${COMPOSE_ID}`);
  // Two searches by one attribute each are faster than one by both.
  return [TEXTBOX, COMPOSE_ID].some((find) => node.matches(find) || node.querySelector(find) !== null);
}
