// A problem in the panel: why a request was refused, with the button that helps.

import { sendMessage } from "../send_message.js";
import { translate } from "../../texts/gmail/translate.js";
import { button, createElement } from "../../shared/elements.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {() => Promise<Refusal | null>} Action returns null when it is done */

/** Our own code: a name or an email address is missing. The focus is in the empty field, so no button is needed. */
const MISSING = "person-missing";

/** @returns {Refusal} */
export function personMissing() {
  return { ok: false, code: MISSING, message: translate("personMissing") };
}

const SIGN_IN = ["signed-out", "sign-in-cancelled", "sign-in-failed"];

/** @returns {Refusal} */
export function unexpected() {
  return { ok: false, code: "internal", message: translate("noAnswer") };
}

/**
 * @param {Refusal} refusal
 * @param {Action} action is retried by the button
 * @param {(action: Action) => void} run
 */
export function problemBox({ code, message }, action, run) {
  const box = createElement("div", { class: "problem" }, createElement("p", {}, message));
  if (code === MISSING) return box;
  if (SIGN_IN.includes(code)) {
    box.append(button(translate("signIn"), () => run(() => signIn(action))));
    return box;
  }
  if (code === "no-server") box.append(button(translate("options"), () => void sendMessage({ kind: "options.open" })));
  box.append(button(translate("again"), () => run(action)));
  return box;
}

/** @param {Action} action */
async function signIn(action) {
  const answer = await sendMessage({ kind: "sign-in" });
  return answer.ok ? action() : answer;
}
