// One link of the list: what it is, what became of it, and what can be done with it.

import { say } from "./say.js";
import { stateOf } from "./state.js";

/** @import {SentLink} from "../background/link_list.js" */

/**
 * @param {SentLink} link
 * @param {string} dashboard its address
 * @param {{copy: () => void, revoke: () => void, undo: () => void}} does what its buttons do
 */
export function rowOf(link, dashboard, does) {
  const row = document.createElement("li");
  row.className = ["booked", "active"].includes(link.status) ? "row" : "row over";
  const what = document.createElement("div");
  what.className = "what";
  const title = document.createElement("a");
  Object.assign(title, { className: "title", target: "_blank", rel: "noreferrer", id: `title-${link.id}` });
  title.href = `${dashboard}/links/${encodeURIComponent(link.id)}`;
  title.textContent = link.title ?? say("page-gone");
  what.append(title);
  const person = link.person ?? link.booking?.person;
  if (person) what.append(line("who", person.name || person.email));
  what.append(line(`state ${link.status}`, stateOf(link)));
  const actions = document.createElement("div");
  actions.className = "actions";
  if (link.status === "active") actions.append(button("copy", link, does.copy), button("revoke", link, does.revoke));
  if (link.status === "revoked") actions.append(button("undo", link, does.undo));
  row.append(what, actions);
  return row;
}

/** @param {string} className @param {string} text */
function line(className, text) {
  const found = document.createElement("div");
  found.className = className;
  found.textContent = text;
  return found;
}

/** A button, which says to those who do not see it which link it is about. */
function button(
  /** @type {"copy" | "revoke" | "undo"} */ key,
  /** @type {SentLink} */ { id },
  /** @type {() => void} */ press,
) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "plain", id: `${key}-${id}`, textContent: say(key) });
  made.setAttribute("aria-describedby", `title-${id}`);
  made.addEventListener("click", press);
  return made;
}
