// Refusals that the content script itself makes.

import { translate } from "../../texts/gmail/translate.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */

/** A name or an email address is missing. The focus is in the empty field, so no button is needed. */
export const MISSING = "person-missing";

/** @returns {Refusal} */
export function personMissing() {
  return { ok: false, code: MISSING, message: translate("personMissing") };
}

/** @returns {Refusal} */
export function unexpected() {
  return { ok: false, code: "internal", message: translate("noAnswer") };
}
