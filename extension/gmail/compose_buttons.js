// A button in every compose.

import { makeButton } from "./toolbar_button.js";
import { openPanel, quickInsert } from "./press.js";
import { findPosition } from "./button_position.js";
import { currentRoot } from "./compose.js";
import { limitTries } from "./tries.js";
import { translate } from "../texts/button/translate.js";

/** @import {Refusal} from "../messages.js" */
/** @import {Position} from "./button_position.js" */
/** @typedef {{button: HTMLElement, rank: number}} Inserted */

/** @param {AbortSignal} signal removes all buttons */
export function maintainButtons(signal) {
  /** @type {Map<HTMLElement, Inserted>} */
  const inserted = new Map();
  const mayTry = limitTries();
  let isBusy = false; // the panel is loaded, or a link is inserted without it
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
      const known = inserted.get(root);
      const rank = known && root.contains(known.button) ? known.rank : Infinity;
      const position = rank > 0 && findPosition(root);
      if (!position || position.rank >= rank) continue;
      remove(root);
      if (rank < Infinity || mayTry(root, position.beside)) add(root, position);
    }
  }

  /** @param {HTMLElement} root @param {Position} position */
  function add(root, { rank, put }) {
    removeOldButtons(root);
    const button = makeButton(translate("button"), (isShifted) => press(root, isShifted));
    button.ariaBusy = String(isBusy);
    put(button);
    root.dataset.admitone = "compose";
    inserted.set(root, { button, rank });
  }

  /**
   * One thing at a time: while a panel is open or a link is on its way, other presses do nothing.
   * @param {HTMLElement} root
   * @param {boolean} isShifted
   */
  async function press(root, isShifted) {
    if (isBusy || document.querySelector('[data-admitone="panel"]')) return;
    setBusy(true);
    const { ok, refusal } = isShifted ? await quickInsert(root) : { ok: false };
    if (!ok) await show(root, refusal);
    setBusy(false);
  }

  /** @param {HTMLElement} root @param {Refusal} [refusal] */
  async function show(root, refusal) {
    const current = currentRoot(root);
    if (current) await openPanel(current, inserted.get(current)?.button ?? current, refusal);
  }

  /** @param {boolean} busy */
  function setBusy(busy) {
    isBusy = busy;
    for (const { button } of inserted.values()) button.ariaBusy = String(busy);
  }

  /** @param {HTMLElement} root */
  function remove(root) {
    const known = inserted.get(root);
    if (!known) return;
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
