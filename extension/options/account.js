// Who is signed in, and signing in and out.

import { ask } from "../pages/ask.js";
import { element } from "../pages/page.js";
import { hideDefaults, showDefaults } from "./defaults.js";
import { say } from "./say.js";
import { showServer, useServer } from "./server.js";

/** @import {Account} from "../background/kept.js" */

const form = element("sign-in-form", HTMLFormElement);
const signInButton = element("sign-in", HTMLButtonElement);
const status = element("sign-in-status", HTMLElement);
const problem = element("sign-in-error", HTMLElement);
const section = element("account", HTMLElement);
const title = element("account-title", HTMLElement);

let isBusy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!isBusy && section.hidden) signIn();
});
element("sign-out", HTMLButtonElement).addEventListener("click", () => signOut());

/** @param {{server: string | null, account: Account | null}} found */
export async function showAccount({ server, account }) {
  signInButton.hidden = section.hidden = true;
  if (!account) {
    signInButton.hidden = false;
    hideDefaults();
    return;
  }
  title.textContent = say("signed-in", { name: account.name });
  element("account-detail", HTMLElement).textContent = `${account.email} · ${account.workspace}`;
  section.hidden = false;
  await showDefaults(`${server}/dashboard`, (message) => {
    tell("", message);
    refresh(signInButton);
  });
}

async function signIn() {
  isBusy = true;
  signInButton.setAttribute("aria-disabled", "true");
  tell("", "");
  if (await useServer()) {
    tell(say("signing-in"), "");
    const answer = await ask({ kind: "sign-in" });
    tell("", answer.ok ? "" : answer.message);
    if (answer.ok) await refresh(title);
  } else {
    element("server", HTMLInputElement).focus();
  }
  signInButton.removeAttribute("aria-disabled");
  isBusy = false;
}

async function signOut() {
  await ask({ kind: "sign-out" });
  tell(say("signed-out"), "");
  await refresh(signInButton);
}

/** Show what is so now, and go on at `focused`: what had the focus may be gone. @param {HTMLElement} focused */
async function refresh(focused) {
  const found = await ask({ kind: "account" });
  if (!found.ok) return;
  showServer(found);
  const shown = showAccount(found);
  focused.focus();
  await shown;
}

/** @param {string} neutral @param {string} bad */
function tell(neutral, bad) {
  status.textContent = neutral;
  problem.textContent = bad;
}
