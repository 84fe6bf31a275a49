// One link in the list: its page, its person, its status, and its buttons.

import { button, createElement } from "../shared/elements.js";
import { translate } from "../texts/popup/translate.js";
import { statusText } from "./link_status.js";

/** @import {SentLink} from "../messages.js" */

/**
 * @param {SentLink} link
 * @param {string} dashboard its address
 * @param {{copy: () => void, revoke: () => void, undo: () => void}} actions of the buttons
 */
export function linkRow(link, dashboard, actions) {
  const about = createElement("div", { class: "about" }, titleOf(link, dashboard));
  const person = link.person ?? link.booking?.person;
  if (person) about.append(createElement("div", { class: "who" }, person.name || person.email));
  about.append(createElement("div", { class: `status ${link.status}` }, statusText(link)));
  const buttons = createElement("div", { class: "buttons" });
  if (link.status === "active") {
    buttons.append(linkButton("copy", link, actions.copy), linkButton("revoke", link, actions.revoke));
  }
  if (link.status === "revoked") buttons.append(linkButton("undo", link, actions.undo));
  const isOver = !["booked", "active"].includes(link.status);
  return createElement("li", { class: isOver ? "row over" : "row" }, about, buttons);
}

/** The page's title, which opens the link in the dashboard. @param {SentLink} link @param {string} dashboard */
function titleOf({ id, title }, dashboard) {
  const href = `${dashboard}/links/${encodeURIComponent(id)}`;
  const attributes = { class: "title", target: "_blank", rel: "noreferrer", id: `title-${id}`, href };
  return createElement("a", attributes, title ?? translate("page-gone"));
}

/**
 * A button that names its link to screen readers.
 * @param {"copy" | "revoke" | "undo"} key
 * @param {SentLink} link
 * @param {() => void} press
 */
function linkButton(key, { id }, press) {
  const made = button(translate(key), press, "plain");
  made.id = `${key}-${id}`;
  made.setAttribute("aria-describedby", `title-${id}`);
  return made;
}
