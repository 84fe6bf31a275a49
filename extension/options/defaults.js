// The defaults of new links. A change is saved immediately.

import { sendMessage } from "../shared/send_message.js";
import { elementById } from "../shared/document.js";
import { hideSnippets, showSnippets } from "./snippets.js";
import { translate } from "../texts/options/translate.js";

const section = elementById("defaults", HTMLElement);
const page = elementById("page", HTMLSelectElement);
const text = elementById("text", HTMLInputElement);
const status = elementById("defaults-status", HTMLElement);
const problem = elementById("pages-error", HTMLElement);
const again = elementById("pages-again", HTMLButtonElement);
const dashboard = elementById("dashboard", HTMLAnchorElement);

/** Called if the server has ended the sign-in. @type {(message: string) => void} */
let onSignedOut = () => {};

page.addEventListener("change", () => save());
text.addEventListener("change", () => save());
text.addEventListener("input", () => { status.textContent = ""; });
again.addEventListener("click", () => showPages());

/** @param {string} address of the dashboard @param {typeof onSignedOut} whenSignedOut */
export async function showDefaults(address, whenSignedOut) {
  dashboard.href = address;
  onSignedOut = whenSignedOut;
  section.hidden = false;
  const found = await sendMessage({ kind: "defaults.get" });
  if (found.ok) {
    text.value = found.text;
    showSnippets(found.snippets);
  }
  await showPages();
}

/** Without an account there are no pages to choose from. */
export function hideDefaults() {
  section.hidden = true;
  hideSnippets();
  status.textContent = "";
}

async function showPages() {
  const [pages, defaults] = await Promise.all([sendMessage({ kind: "pages" }), sendMessage({ kind: "defaults.get" })]);
  if (!pages.ok && pages.code === "signed-out") return onSignedOut(pages.message);
  problem.textContent = pages.ok ? "" : pages.message;
  again.hidden = pages.ok || pages.code === "no-page";
  dashboard.hidden = pages.ok || pages.code !== "no-page";
  if (!pages.ok || !defaults.ok) return;
  const options = pages.pages.map(({ id, title }) => new Option(title, id));
  page.replaceChildren(new Option(translate("page-last"), ""), ...options);
  page.value = defaults.page;
  if (page.selectedIndex < 0) page.value = ""; // the default page was deleted
}

async function save() {
  status.textContent = "";
  const answer = await sendMessage({ kind: "defaults.set", page: page.value, text: text.value });
  status.textContent = answer.ok ? translate("saved") : answer.message;
}
