// The server's address. It is checked when it was typed, and again before signing in.

import { sendMessage } from "../shared/send_message.js";
import { elementById } from "../shared/document.js";
import { translate } from "../texts/options/translate.js";

const field = elementById("server", HTMLInputElement);
const hint = elementById("server-hint", HTMLElement);
const status = elementById("server-status", HTMLElement);
const problem = elementById("server-error", HTMLElement);

/**
 * The last address that was checked, and the result.
 * @type {{address: string, isUsable: Promise<boolean>} | undefined}
 */
let checked;

field.addEventListener("change", () => { useServer(); });
field.addEventListener("input", () => { tell("", ""); });

/**
 * Show the server; it cannot be changed while somebody is signed in, or if a policy sets it.
 * @param {import("../messages.js").Answers["account"]} state
 */
export function showServer({ server, isManaged, account }) {
  if (server) field.value = server;
  field.readOnly = isManaged || account !== null;
  hint.textContent = translate(isManaged ? "server-managed" : account ? "server-kept" : "server-hint");
  if (account) tell("", "");
}

/** Set the server that is typed. @returns {Promise<boolean>} whether it is an Admit One server */
export function useServer() {
  const address = field.value.trim();
  if (checked?.address !== address) checked = { address, isUsable: check(address) };
  return checked.isUsable;
}

/** @param {string} address */
async function check(address) {
  tell(translate("server-asking"), "");
  const answer = await sendMessage({ kind: "server.set", address });
  if (field.value.trim() !== address) return false; // the person has typed on
  if (answer.ok) {
    field.value = answer.server;
    checked = { address: answer.server, isUsable: Promise.resolve(true) };
    tell(translate("server-found"), "");
    return true;
  }
  checked = undefined; // so that the same address can be tried again
  tell("", answer.message);
  return false;
}

/** @param {string} statusText @param {string} problemText */
function tell(statusText, problemText) {
  status.textContent = statusText;
  problem.textContent = problemText;
  if (problemText) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
