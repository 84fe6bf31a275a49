// A compose that Gmail may have rebuilt in the meantime.

import { findBodies, idOf } from "./compose.js";

/** The root of the same compose now, if Gmail rebuilt it; null if it was closed. @param {HTMLElement} root */
export function currentRoot(root) {
  if (root.isConnected) return root;
  const id = idOf(root);
  return [...findBodies().values()].find((other) => id && other && idOf(other) === id) ?? null;
}
