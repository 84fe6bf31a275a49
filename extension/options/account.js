// The account: signing in and signing out.

import { sendMessage } from "../shared/send_message.js";
import { elementById } from "../shared/document.js";
import { hideDefaults, showDefaults } from "./defaults.js";
import { translate } from "../texts/options/translate.js";
import { showServer, useServer } from "./server.js";

/** @import {Answers} from "../messages.js" */

const form = elementById("sign-in-form", HTMLFormElement);
const signInButton = elementById("sign-in", HTMLButtonElement);
const status = elementById("sign-in-status", HTMLElement);
const problem = elementById("sign-in-error", HTMLElement);
const section = elementById("account", HTMLElement);
const title = elementById("account-title", HTMLElement);

let isBusy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isBusy && section.hidden) signIn();
});
elementById("sign-out", HTMLButtonElement).addEventListener("click", () => signOut());

/** @param {Answers["account"]} state */
export async function showAccount({ server, account }) {
  signInButton.hidden = section.hidden = true;
  if (!account) {
    signInButton.hidden = false;
    hideDefaults();
    return;
  }
  title.textContent = translate("signed-in", { name: account.name });
  elementById("account-detail", HTMLElement).textContent = `${account.email} · ${account.workspace}`;
  section.hidden = false;
  await showDefaults(`${server}/dashboard`, (message) => {
    tell("", message);
    refresh(signInButton);
  });
}

/** Say why nothing can be shown. @param {string} message */
export function showProblem(message) {
  tell("", message);
}

async function signIn() {
  isBusy = true;
  signInButton.setAttribute("aria-disabled", "true");
  tell("", "");
  if (await useServer()) {
    tell(translate("signing-in"), "");
    const answer = await sendMessage({ kind: "sign-in" });
    tell("", answer.ok ? "" : answer.message);
    if (answer.ok) await refresh(title);
  } else {
    elementById("server", HTMLInputElement).focus();
  }
  signInButton.removeAttribute("aria-disabled");
  isBusy = false;
}

async function signOut() {
  await sendMessage({ kind: "sign-out" });
  tell(translate("signed-out"), "");
  await refresh(signInButton);
}

/**
 * Show the present state, and focus `focused`: the element that had the focus may be hidden now.
 * @param {HTMLElement} focused
 */
async function refresh(focused) {
  const found = await sendMessage({ kind: "account" });
  if (!found.ok) return;
  showServer(found);
  const shown = showAccount(found);
  focused.focus();
  await shown;
}

/** @param {string} statusText @param {string} problemText */
function tell(statusText, problemText) {
  status.textContent = statusText;
  problem.textContent = problemText;
}
