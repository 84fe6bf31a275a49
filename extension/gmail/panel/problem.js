// A problem in the panel: why a request was refused, with the button that helps. It is loaded with the first one.

import { sendMessage } from "../send_message.js";
import { translate } from "../../texts/gmail/translate.js";
import { button, createElement } from "../../shared/elements.js";
import { MISSING } from "./own_refusals.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {() => Promise<Refusal | null>} Action returns null when it is done */

const SIGN_IN = ["signed-out", "sign-in-cancelled", "sign-in-failed"];

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
