// What was refused, in words, with the button that helps.

import { ask } from "../ask.js";
import { say } from "../say.js";
import { button, make } from "./elements.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {() => Promise<Refusal | null>} Action something that may be refused */

/** Of our own: a name or an address is missing. The focus is where it belongs, and no button helps. */
const MISSING = "person-missing";

/** @returns {Refusal} */
export function personMissing() {
  return { ok: false, code: MISSING, message: say("personMissing") };
}

const SIGN_IN = ["signed-out", "sign-in-cancelled", "sign-in-failed"];

/** @returns {Refusal} */
export function unforeseen() {
  return { ok: false, code: "internal", message: say("noAnswer") };
}

/**
 * @param {Refusal} refusal
 * @param {Action} action what was asked for, done again by the button
 * @param {(action: Action) => void} run
 */
export function problemBox({ code, message }, action, run) {
  const box = make("div", { class: "problem", role: "alert" }, make("p", {}, message));
  if (code === MISSING) return box;
  if (SIGN_IN.includes(code)) {
    box.append(button(say("signIn"), () => run(() => signIn(action))));
    return box;
  }
  if (code === "no-server") box.append(button(say("options"), () => void ask({ kind: "options.open" })));
  box.append(button(say("again"), () => run(action)));
  return box;
}

/** @param {Action} action */
async function signIn(action) {
  const answer = await ask({ kind: "sign-in" });
  return answer.ok ? action() : answer;
}
