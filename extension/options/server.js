// The server's address: asked who it is as soon as it is typed, and when one signs in.

import { ask } from "../pages/ask.js";
import { element } from "../pages/page.js";
import { say } from "./say.js";

const field = element("server", HTMLInputElement);
const hint = element("server-hint", HTMLElement);
const status = element("server-status", HTMLElement);
const problem = element("server-error", HTMLElement);

/**
 * The last address that was asked, and what came of it.
 * @type {{address: string, isUsable: Promise<boolean>} | undefined}
 */
let asked;

field.addEventListener("change", () => { useServer(); });
field.addEventListener("input", () => { tell("", ""); });

/**
 * Show the server; while somebody is signed in, it stays.
 * @param {{server: string | null, account: object | null}} found
 */
export function showServer({ server, account }) {
  if (server) field.value = server;
  field.readOnly = account !== null;
  hint.textContent = say(account ? "server-kept" : "server-hint");
  if (account) tell("", "");
}

/** Make sure that the worker has the server that is typed. @returns {Promise<boolean>} whether it is one */
export function useServer() {
  const address = field.value.trim();
  if (asked?.address !== address) asked = { address, isUsable: check(address) };
  return asked.isUsable;
}

/** @param {string} address */
async function check(address) {
  tell(say("server-asking"), "");
  const answer = await ask({ kind: "server.set", address });
  if (field.value.trim() !== address) return false; // typed on meanwhile
  if (answer.ok) {
    field.value = answer.server;
    asked = { address: answer.server, isUsable: Promise.resolve(true) };
    tell(say("server-found"), "");
    return true;
  }
  asked = undefined; // so that the same address can be tried again
  tell("", answer.message);
  return false;
}

/** @param {string} good @param {string} bad */
function tell(good, bad) {
  status.textContent = good;
  problem.textContent = bad;
  if (bad) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
