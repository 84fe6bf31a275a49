// The snippets: texts that stand before links. A change is saved immediately.

import { elementById } from "../shared/document.js";
import { button, createElement, field } from "../shared/elements.js";
import { sendMessage } from "../shared/send_message.js";
import { translate } from "../texts/options/translate.js";

/** @import {Snippet} from "../messages.js" */

const MOST = 20;
const LONGEST = "500"; // of the API

const section = elementById("snippets", HTMLElement);
const list = elementById("snippet-list", HTMLElement);
const add = elementById("snippet-add", HTMLButtonElement);
const status = elementById("snippets-status", HTMLElement);

add.addEventListener("click", () => {
  const row = addRow({ id: crypto.randomUUID(), text: "" });
  number();
  row.querySelector("textarea")?.focus();
});

/** @param {Snippet[]} snippets */
export function showSnippets(snippets) {
  list.replaceChildren();
  for (const snippet of snippets) addRow(snippet);
  number();
  section.hidden = false;
}

export function hideSnippets() {
  section.hidden = true;
  status.textContent = "";
}

/** @param {Snippet} snippet */
function addRow({ id, text }) {
  const input = createElement("textarea", {
    rows: "3",
    maxlength: LONGEST,
    placeholder: translate("snippet-example"),
    "aria-describedby": "snippets-hint",
    "data-snippet": id,
  });
  input.value = text;
  input.addEventListener("change", save);
  input.addEventListener("input", () => { status.textContent = ""; });
  const row = field("", input);
  const remove = button(translate("snippet-delete"), () => {
    row.remove();
    number();
    add.focus();
    save();
  }, "button");
  remove.id = `${input.id}-delete`;
  row.append(remove);
  list.append(row);
  return row;
}

/** Number the rows: their labels, and the names of their buttons. */
function number() {
  for (const [index, row] of [...list.children].entries()) {
    const [label, remove] = [row.querySelector("label"), row.querySelector("button")];
    if (!label || !remove) continue;
    label.textContent = translate("snippet-number", { number: index + 1 });
    label.id = `${remove.id}-of`;
    remove.setAttribute("aria-labelledby", `${remove.id} ${label.id}`);
  }
  add.disabled = list.childElementCount >= MOST;
}

async function save() {
  status.textContent = "";
  const inputs = /** @type {NodeListOf<HTMLTextAreaElement>} */ (list.querySelectorAll("textarea"));
  const snippets = [...inputs].map(({ dataset, value }) => ({ id: dataset["snippet"] ?? "", text: value }));
  const answer = await sendMessage({ kind: "snippets.set", snippets });
  status.textContent = answer.ok ? translate("saved") : answer.message;
}
