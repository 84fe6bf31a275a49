// A button in every compose.

import { makeButton } from "./toolbar_button.js";
import { press as pressButton } from "./press.js";
import { findPosition } from "./button_position.js";
import { translate } from "../texts/button/translate.js";

/** @typedef {{button: HTMLElement, rank: number, stop: AbortController}} Inserted */

/** @param {AbortSignal} signal removes all buttons */
export function maintainButtons(signal) {
  /** @type {Map<HTMLElement, Inserted>} */
  const inserted = new Map();
  signal.addEventListener("abort", () => {
    for (const root of inserted.keys()) remove(root);
  });

  /**
   * Add buttons to composes that are new or were rebuilt, and forget closed composes.
   * @param {Set<HTMLElement>} roots
   */
  function update(roots) {
    for (const root of inserted.keys()) if (!roots.has(root)) remove(root);
    for (const root of roots) {
      const position = findPosition(root);
      const known = inserted.get(root);
      const stays = known && root.contains(known.button) && (!position || position.rank >= known.rank);
      if (!position || stays) continue;
      remove(root);
      removeOldButtons(root);
      const stop = new AbortController();
      const { signal } = stop;
      const button = makeButton({ name: translate("button"), press: (isShifted) => press(root, isShifted), signal });
      position.put(button);
      root.dataset.admitone = "compose";
      inserted.set(root, { button, rank: position.rank, stop });
    }
  }

  /** @param {HTMLElement} root @param {boolean} isShifted */
  function press(root, isShifted) {
    const button = inserted.get(root)?.button;
    if (button) void pressButton(root, button, isShifted);
  }

  /** @param {HTMLElement} root */
  function remove(root) {
    const known = inserted.get(root);
    if (!known) return;
    known.stop.abort();
    const cell = known.button.parentElement;
    (cell?.dataset.admitone === "cell" ? cell : known.button).remove();
    inserted.delete(root);
  }
  return { update, press, roots: () => [...inserted.keys()] };
}

/**
 * Remove the buttons of an older version of this script, from before an update of the extension.
 * @param {HTMLElement} root
 */
function removeOldButtons(root) {
  for (const old of root.querySelectorAll('[data-admitone="cell"], [data-admitone="button"]')) old.remove();
}
