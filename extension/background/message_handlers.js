// Everything that the worker does for a message, by the message's kind.

import { getAccount } from "./account.js";
import { getChoices, getDefaults, setChoices, setDefaults } from "./last_choices.js";
import { createLink, createLinks } from "./link_create.js";
import { listNewest } from "./link_list.js";
import { reactivateLink, revokeLink } from "./link_revoke.js";
import { pageContent } from "./page_content.js";
import { listPages } from "./page_list.js";
import { RefusalError, errorAnswer } from "./refusal.js";
import { senderKind } from "./sender.js";
import { setServer } from "./server_set.js";
import { signIn } from "./sign_in.js";
import { signOut } from "./sign_out.js";
import { setSnippets } from "./snippets.js";
import { loadWeek } from "./times/week_load.js";
import { findZones } from "./times/zones.js";

/** @import {SenderKind} from "./sender.js" */
/**
 * @typedef {(message: any) => Promise<object>} Action returns the fields that go with `ok: true`; throws a
 *   `RefusalError`
 */

/** @type {Record<string, [SenderKind[], Action]>} */
const HANDLERS = {
  "pages": [["gmail", "own"], listPages],
  "week": [["gmail"], loadWeek],
  "zones": [["gmail"], findZones],
  "page.content": [["gmail"], pageContent],
  "link.create": [["gmail"], createLink],
  "link.batch": [["gmail"], createLinks],
  "link.revoke": [["gmail", "own"], revokeLink],
  "link.reactivate": [["own"], reactivateLink],
  "links.newest": [["own"], listNewest],
  "choices.get": [["gmail"], getChoices],
  "choices.set": [["gmail"], setChoices],
  "defaults.get": [["own"], getDefaults],
  "defaults.set": [["own"], setDefaults],
  "snippets.set": [["own"], setSnippets],
  "account": [["own"], getAccount],
  "server.set": [["own"], setServer],
  "sign-in": [["gmail", "own"], signInThen],
  "sign-out": [["own"], signOut],
  "options.open": [["gmail", "own"], openOptions],
};

/**
 * The answer to a message. Errors become answers too; nothing is thrown.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function answer(message, sender) {
  try {
    return { ok: true, ...(await act(message, senderKind(sender))) };
  } catch (error) {
    return errorAnswer(error);
  }
}

/** @param {any} message @param {SenderKind | null} from */
async function act(message, from) {
  const kind = message?.kind;
  const [allowed, run] = Object.hasOwn(HANDLERS, kind) ? HANDLERS[kind] ?? [] : [];
  if (!run || !from || !allowed?.includes(from)) throw new RefusalError("not-yours");
  return run(message);
}

/**
 * Sign in, then handle the message in `then`: the popup closes when the sign-in window opens, and cannot send another
 * message.
 * @param {{then?: {kind: string}}} message
 */
async function signInThen({ then }) {
  await signIn();
  return then && then.kind === "link.revoke" ? revokeLink(/** @type {any} */ (then)) : {};
}

async function openOptions() {
  await chrome.runtime.openOptionsPage();
  return {};
}
