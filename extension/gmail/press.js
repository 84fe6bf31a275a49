// What a press of a button does: it opens the panel, or inserts a link with the last choices. Only what is needed for
// it is loaded.

import { currentRoot } from "./current_root.js";
import { lazily } from "./lazy.js";

/** @typedef {import("../messages.js").Refusal} Refusal */

/**
 * @param {HTMLElement} root of the compose
 * @param {boolean} isShifted
 * @param {(root: HTMLElement) => HTMLElement} buttonOf the button of a compose
 * @returns {Promise<Refusal | null>} why nothing could be loaded
 */
export async function press(root, isShifted, buttonOf) {
  const { ok, refusal } = isShifted ? await insertQuickly(root) : { ok: false };
  if (ok) return null;
  const loaded = await lazily(() => import("./panel/panel.js"));
  if (!loaded.ok) return loaded;
  const current = currentRoot(root);
  if (current) loaded.module.openPanel(current, buttonOf(current), refusal);
  return null;
}

/** @param {HTMLElement} root @returns {Promise<{ok: boolean, refusal?: Refusal}>} */
async function insertQuickly(root) {
  const loaded = await lazily(() => import("./quick_insert.js"));
  return loaded.ok ? loaded.module.quickInsert(root) : { ok: false, refusal: loaded };
}
