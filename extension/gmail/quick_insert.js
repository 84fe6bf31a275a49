// Inserting a link with the last choices, without the panel: Shift+click, and the keyboard command.

import { deliver } from "./deliver.js";
import { createLinks } from "./link_create.js";
import { lastRequest, loadPages } from "./link_request.js";
import { openPanel } from "./panel/panel.js";
import { unexpected } from "./panel/problem.js";
import { recipientsOf } from "./recipients.js";

/**
 * Insert the link. The panel opens if the person has to choose something or a request is refused.
 * @param {HTMLElement} root of the compose
 * @param {HTMLElement} button of the compose
 */
export async function quickInsert(root, button) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    const loaded = await loadPages();
    if (!loaded.ok) return openPanel(root, button, loaded);
    const request = lastRequest(loaded, recipientsOf(root));
    if (!request) return openPanel(root, button);
    const created = await createLinks(request);
    if (!created.ok) return openPanel(root, button, created);
    await deliver(root, created.content, created.links);
  } catch {
    openPanel(root, button, unexpected());
  } finally {
    button.ariaBusy = "false";
  }
}
