// A press of a button: its code is loaded when it is first needed.

import { lazily } from "./lazy.js";
import { showReload } from "./reload_notice.js";

/**
 * Open the panel, or insert a link with the last choices. While the code is loaded, or a link is inserted, the button
 * is busy, and pressing it again has no effect.
 * @param {HTMLElement} root of the compose
 * @param {HTMLElement} button of the compose
 * @param {boolean} isShifted
 */
export async function press(root, button, isShifted) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const loaded = await lazily(async () =>
    isShifted ? (await import("./quick_insert.js")).quickInsert : (await import("./panel/panel.js")).openPanel,
  );
  button.ariaBusy = "false";
  if (loaded.ok) void loaded.module(root, button);
  else showReload(button, loaded.message);
}
