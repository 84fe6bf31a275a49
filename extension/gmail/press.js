// What a press of the button does. Its code is loaded when it is first needed.

import { lazily } from "./lazy.js";
import { showReload } from "./reload_notice.js";

/** @typedef {import("../messages.js").Refusal} Refusal */

/** @param {HTMLElement} root of the compose @returns {Promise<{ok: boolean, refusal?: Refusal}>} see quick_insert.js */
export async function quickInsert(root) {
  const loaded = await lazily(() => import("./quick_insert.js"));
  return loaded.ok ? loaded.module.quickInsert(root) : { ok: false, refusal: loaded };
}

/**
 * Open the panel, or say that Gmail must be reloaded.
 * @param {HTMLElement} root of the compose
 * @param {HTMLElement} button of the compose
 * @param {Refusal} [refusal] why a quick insert did not work
 */
export async function openPanel(root, button, refusal) {
  const loaded = await lazily(() => import("./panel/panel.js"));
  if (loaded.ok) loaded.module.openPanel(root, button, refusal);
  else showReload(button, loaded.message);
}
