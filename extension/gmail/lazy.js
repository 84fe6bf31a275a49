// Loading a part of the script when it is first used, and what is said if that part is gone.

import { translate } from "../texts/button/translate.js";

/** @typedef {import("../messages.js").Refusal} Refusal */

/**
 * Load a module. If the extension was updated after this page was loaded, the files of its version are gone, and those
 * of the new version do not fit. The browser keeps a loaded module; loading can be tried again after a failure.
 * @template Module
 * @param {() => Promise<Module>} load such as `() => import("./panel/panel.js")`
 * @returns {Promise<{ok: true, module: Module} | Refusal>}
 */
export async function lazily(load) {
  try {
    if (chrome.runtime?.id) return { ok: true, module: await load() };
  } catch {
    // Answered below: the files are on this computer, so an update is the only reason. It takes the id away, too.
  }
  return replaced();
}

/** This script belongs to a version of the extension that was updated or removed. @type {() => Refusal} */
export const replaced = () => ({ ok: false, code: "replaced", message: translate("replaced") });
