// What the panel's buttons do for a link. It is loaded when one of them is pressed, and before a link is made: no link
// is made that cannot be delivered.

import { translate } from "../../texts/gmail/translate.js";
import { copy } from "../clipboard.js";
import { deliver } from "../deliver.js";
import { createLinks, revokeLinks } from "../link_create.js";
import { showNotice } from "./notice.js";

/** @import {Refusal} from "../../messages.js" */
/** @import {Content} from "../insert.js" */
/** @import {CreatedLink} from "../link_create.js" */
/** @import {LinkRequest, Times} from "../link_request.js" */

/**
 * @typedef {object} Task
 * @property {HTMLElement} root of the compose
 * @property {LinkRequest} request
 * @property {Times | undefined} times
 * @property {AbortSignal} signal is aborted when the panel is closed
 * @property {() => void} finish remembers the choices and closes the panel
 * @property {() => void} restoreFocus
 */

/** @param {Task} task */
export function insert(task) {
  return create(task, async ({ links, content }) => {
    task.finish();
    await deliver(task.root, content, links);
  });
}

/** @param {Task} task */
export function copyAndClose(task) {
  return create(task, async ({ content }) => {
    const isCopied = await copy(content);
    task.finish();
    if (isCopied) task.restoreFocus();
    else showNotice(task.root, translate("notCopied"), content.text);
  });
}

/**
 * Create links and what to insert for them. If the panel was closed in the meantime, they are revoked.
 * @param {Task} task
 * @param {(created: {links: CreatedLink[], content: Content}) => Promise<void>} then
 * @returns {Promise<Refusal | null>}
 */
async function create({ request, times, signal }, then) {
  const created = await createLinks(request, times);
  if (!created.ok) return created;
  if (signal.aborted) await revokeLinks(created.links);
  else await then(created);
  return null;
}
