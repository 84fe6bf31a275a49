// What new links begin with. Kept at once when it is changed.

import { ask } from "../pages/ask.js";
import { element } from "../pages/page.js";
import { say } from "./say.js";

const section = element("defaults", HTMLElement);
const page = element("page", HTMLSelectElement);
const text = element("text", HTMLInputElement);
const status = element("defaults-status", HTMLElement);
const problem = element("pages-error", HTMLElement);
const again = element("pages-again", HTMLButtonElement);
const dashboard = element("dashboard", HTMLAnchorElement);

/** What to do where the sign-in turns out to be over. @type {(message: string) => void} */
let leave = () => {};

page.addEventListener("change", () => keep());
text.addEventListener("change", () => keep());
text.addEventListener("input", () => { status.textContent = ""; });
again.addEventListener("click", () => showPages());

/** @param {string} address of the dashboard @param {typeof leave} whenSignedOut */
export async function showDefaults(address, whenSignedOut) {
  dashboard.href = address;
  leave = whenSignedOut;
  section.hidden = false;
  const found = await ask({ kind: "defaults.get" });
  if (found.ok) text.value = found.text;
  await showPages();
}

/** Nobody is signed in, so that there are no pages. */
export function hideDefaults() {
  section.hidden = true;
  status.textContent = "";
}

async function showPages() {
  const [pages, defaults] = await Promise.all([ask({ kind: "pages" }), ask({ kind: "defaults.get" })]);
  if (!pages.ok && pages.code === "signed-out") return leave(pages.message);
  problem.textContent = pages.ok ? "" : pages.message;
  again.hidden = pages.ok || pages.code === "no-page";
  dashboard.hidden = pages.ok || pages.code !== "no-page";
  if (!pages.ok || !defaults.ok) return;
  page.replaceChildren(new Option(say("page-last"), ""), ...pages.pages.map(({ id, title }) => new Option(title, id)));
  page.value = defaults.page;
  if (page.selectedIndex < 0) page.value = ""; // it was deleted
}

async function keep() {
  status.textContent = "";
  const answer = await ask({ kind: "defaults.set", page: page.value, text: text.value });
  status.textContent = answer.ok ? say("saved") : answer.message;
}
