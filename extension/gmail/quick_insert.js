// Inserting a link with the last choices, without the panel: Shift+click, and the keyboard command.

import { currentRoot } from "./current_root.js";
import { deliver } from "./deliver.js";
import { createLinks } from "./link_create.js";
import { lastRequest } from "./last_request.js";
import { loadPages } from "./link_request.js";
import { unexpected } from "./panel/own_refusals.js";
import { recipientsOf } from "./recipients.js";

/** @import {Refusal} from "../messages.js" */

/**
 * Insert the link.
 * @param {HTMLElement} root of the compose
 * @returns {Promise<{ok: true} | {ok: false, refusal?: Refusal}>} `ok` is false if the panel has to help: the
 *   person has to choose something, or a request was refused
 */
export async function quickInsert(root) {
  try {
    const loaded = await loadPages();
    if (!loaded.ok) return { ok: false, refusal: loaded };
    const request = lastRequest(loaded, recipientsOf(currentRoot(root) ?? root));
    if (!request) return { ok: false };
    const created = await createLinks(request);
    if (!created.ok) return { ok: false, refusal: created };
    await deliver(root, created.content, created.links);
    return { ok: true };
  } catch {
    return { ok: false, refusal: unexpected() };
  }
}
