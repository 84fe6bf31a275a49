// A link at once, with the last choices: Shift+click, and the keyboard command.

import { linkContent } from "./content.js";
import { deliver } from "./deliver.js";
import { openPanel } from "./panel/panel.js";
import { unforeseen } from "./panel/problem.js";
import { recipientsOf } from "./recipients.js";
import { lastWish, makeLinks, readOffer } from "./wish.js";

/**
 * Where it takes a person, the panel opens.
 * @param {HTMLElement} root the compose's
 * @param {HTMLElement} button its button
 */
export async function insertAtOnce(root, button) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    const offer = await readOffer();
    if (!offer.ok) return openPanel(root, button, offer);
    const wish = lastWish(offer, recipientsOf(root));
    if (!wish) return openPanel(root, button);
    const made = await makeLinks(wish);
    if (!made.ok) return openPanel(root, button, made);
    await deliver(root, linkContent(made.links, wish), made.links);
  } catch {
    openPanel(root, button, unforeseen());
  } finally {
    button.ariaBusy = "false";
  }
}
