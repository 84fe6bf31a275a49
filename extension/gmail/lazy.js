// Loading a part of the script when it is first used.

import { translate } from "../texts/gmail/translate.js";

/** @typedef {import("../messages.js").Refusal} Refusal */

/**
 * @template Module
 * @param {() => Promise<Module>} load such as `() => import("./panel/panel.js")`
 * @returns {Promise<{ok: true, module: Module} | Refusal>}
 */
export async function lazily(load) {
  try {
    return { ok: true, module: await load() };
  } catch {
    return { ok: false, code: "replaced", message: translate("replaced") };
  }
}
