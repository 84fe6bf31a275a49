// Keeps a button in every compose.

import { insertAtOnce } from "./at_once.js";
import { makeButton } from "./button.js";
import { openPanel } from "./panel/panel.js";
import { findPlace } from "./place.js";
import { say } from "./say.js";

/** @typedef {{button: HTMLElement, rank: number, stop: AbortController}} Fitted */

/** @param {AbortSignal} signal removes them all */
export function keepButtons(signal) {
  /** @type {Map<HTMLElement, Fitted>} */
  const fitted = new Map();
  signal.addEventListener("abort", () => {
    for (const root of fitted.keys()) remove(root);
  });

  /** Fit what is new or was rebuilt, and forget what is gone. @param {Set<HTMLElement>} roots */
  function fit(roots) {
    for (const root of fitted.keys()) if (!roots.has(root)) remove(root);
    for (const root of roots) {
      const place = findPlace(root);
      const known = fitted.get(root);
      const stays = known && root.contains(known.button) && (!place || place.rank >= known.rank);
      if (!place || stays) continue;
      remove(root);
      clear(root);
      const stop = new AbortController();
      const { signal } = stop;
      const button = makeButton({ name: say("button"), press: (isShifted) => press(root, isShifted), signal });
      place.put(button);
      root.dataset.admitone = "compose";
      fitted.set(root, { button, rank: place.rank, stop });
    }
  }

  /** @param {HTMLElement} root @param {boolean} isShifted */
  function press(root, isShifted) {
    const button = fitted.get(root)?.button;
    if (!button) return;
    if (isShifted) void insertAtOnce(root, button);
    else openPanel(root, button);
  }

  /** @param {HTMLElement} root */
  function remove(root) {
    const known = fitted.get(root);
    if (!known) return;
    known.stop.abort();
    const cell = known.button.parentElement;
    (cell?.dataset.admitone === "cell" ? cell : known.button).remove();
    fitted.delete(root);
  }
  return { fit, press, roots: () => [...fitted.keys()] };
}

/** Buttons of a script that an update of the extension replaced. @param {HTMLElement} root */
function clear(root) {
  for (const old of root.querySelectorAll('[data-admitone="cell"], [data-admitone="button"]')) old.remove();
}
