// Everything that the worker does when it is asked, by the kind of the message.

import { getAccount } from "./account.js";
import { getChoices, getDefaults, setChoices, setDefaults } from "./choices.js";
import { createLink, createLinks } from "./link_create.js";
import { listNewest } from "./link_list.js";
import { reactivateLink, revokeLink } from "./link_revoke.js";
import { listPages } from "./pages.js";
import { Refusal, tell } from "./refusal.js";
import { placeOf } from "./sender.js";
import { setServer } from "./server_set.js";
import { signIn } from "./sign_in.js";
import { signOut } from "./sign_out.js";
import { listSlots } from "./slots.js";

/** @import {Place} from "./sender.js" */
/** @typedef {(message: any) => Promise<object>} Action answers what goes with `ok: true`, or throws a Refusal */

/** @type {Record<string, [Place[], Action]>} */
const MESSAGES = {
  "pages": [["gmail", "own"], listPages],
  "slots": [["gmail"], listSlots],
  "link.create": [["gmail"], createLink],
  "link.batch": [["gmail"], createLinks],
  "link.revoke": [["gmail", "own"], revokeLink],
  "link.reactivate": [["own"], reactivateLink],
  "links.newest": [["own"], listNewest],
  "choices.get": [["gmail"], getChoices],
  "choices.set": [["gmail"], setChoices],
  "defaults.get": [["own"], getDefaults],
  "defaults.set": [["own"], setDefaults],
  "account": [["own"], getAccount],
  "server.set": [["own"], setServer],
  "sign-in": [["gmail", "own"], signInAndGoOn],
  "sign-out": [["own"], signOut],
  "options.open": [["gmail", "own"], openOptions],
};

/**
 * The answer to a message, whatever happens.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function answer(message, sender) {
  try {
    return { ok: true, ...(await act(message, placeOf(sender))) };
  } catch (error) {
    return tell(error);
  }
}

/** @param {any} message @param {Place | null} place */
async function act(message, place) {
  const kind = message?.kind;
  const [places, run] = Object.hasOwn(MESSAGES, kind) ? MESSAGES[kind] ?? [] : [];
  if (!run || !place || !places?.includes(place)) throw new Refusal("not-yours");
  return run(message);
}

/**
 * Sign in, then do what was asked for before: the toolbar's popup closes when the window opens, and cannot ask again.
 * @param {{then?: {kind: string}}} message
 */
async function signInAndGoOn({ then }) {
  await signIn();
  return then && then.kind === "link.revoke" ? revokeLink(/** @type {any} */ (then)) : {};
}

async function openOptions() {
  await chrome.runtime.openOptionsPage();
  return {};
}
