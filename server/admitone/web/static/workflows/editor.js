// The editor without loading pages anew. Each link and form here also works without this script.

import { enableRows } from "../dashboard/rows.js";
import { say } from "../dashboard/toast.js";
import { readTexts } from "../visit/texts.js";
import { enableAutosave, forget, isUnsaved, mayLeave } from "./autosave.js";
import { enableDragging } from "./drag.js";
import { editor, fetchEditor, inTurn, postForm, refreshPanel, show } from "./pages.js";
import { enableValues } from "./values.js";

const EVERYTHING = ["said", "flow", "panel"];
/** Forms that are being carried out: a second press of their button does nothing. */
const underWay = new WeakSet();

/**
 * Open the panel at an address.
 * @param {string} address
 * @param {{push?: boolean}} [options]
 */
async function open(address, { push = true } = {}) {
  if (!(await mayLeave())) return;
  const closed = editor().querySelector(".card-main[aria-current]")?.getAttribute("href");
  const answer = await inTurn(() => fetchEditor(address)).catch(() => null);
  if (!answer?.editor) {
    location.href = address;
    return;
  }
  show(answer.editor, EVERYTHING);
  if (push) history.pushState(null, "", answer.address);
  const isOpen = editor().classList.contains("has-panel");
  const back = closed ? editor().querySelector(`.card-main[href="${CSS.escape(closed)}"]`) : null;
  focus(isOpen || !back ? document.getElementById("panel-title") : back);
}

/**
 * Carry out a form; the panel stays open unless its step is gone.
 * @param {HTMLFormElement} form
 * @param {string} address
 * @param {Record<string, string>} more
 * @param {string} [focused] a selector of what has the focus then
 */
async function act(form, address, more, focused) {
  if (!(await mayLeave())) return;
  const answer = await inTurn(() => postForm(form, address, more)).catch(() => null);
  if (!answer) {
    say(readTexts()("not-done"));
    return;
  }
  if (!answer.editor) {
    location.reload(); // the page of the refusal is told at this address, such as that the workflow is gone
    return;
  }
  const fresh = answer.editor;
  const current = editor().querySelector(".card:has(.card-main[aria-current])")?.id;
  const stays = current && !form.closest(".panel") && fresh.querySelector(`[id="${CSS.escape(current)}"]`);
  if (stays) fresh.querySelector(`#${current} .card-main`)?.setAttribute("aria-current", "true");
  show(fresh, stays ? ["said", "flow"] : EVERYTHING);
  if (!stays) history.replaceState(null, "", answer.status === 200 ? addressOf(answer.address) : location.href);
  // The step of the panel that stays may be another now: its templates name links by the order of the steps.
  if (stays) await inTurn(refreshPanel).catch(() => undefined);
  tell();
  // What a new step still lacks is no mistake yet: its panel is read from the heading on.
  const marked = answer.status === 200 ? "[autofocus]:not([aria-invalid], .error)" : "[autofocus]";
  focus(
    (focused ? document.querySelector(focused) : editor().querySelector(marked)) ??
      (stays ? null : document.getElementById("panel-title")),
  );
}

/**
 * The address of what an answer shows, without what it says once. The address of a form names no page.
 * @param {string} address
 */
function addressOf(address) {
  const { pathname } = new URL(address);
  return /\/(delete|undo|steps|enrol)$/.test(pathname) ? (editor().dataset.editor ?? "") : pathname;
}

/** Say what was done as a passing message; what went wrong stays in the page. */
function tell() {
  const told = editor().querySelector("[data-told]:not(.bad)");
  if (!told?.textContent) return;
  say(told.textContent);
  told.remove();
}

/** @param {Element | null} element */
function focus(element) {
  if (element instanceof HTMLElement) element.focus();
}

/** @param {string[]} parts what is new in the page */
function prepare(parts) {
  if (parts.includes("panel")) {
    for (const list of editor().querySelectorAll("[data-list]")) if (list instanceof HTMLElement) enableRows(list);
    enableValues();
  }
  if (!parts.includes("flow")) return;
  enableDragging(
    (form, place, id) => void act(form, form.action, { place, by: "" }, `#step-${CSS.escape(id)} .card-main`),
  );
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.closest("[data-conflict]")) forget();
  if (link.matches("[data-panel], [data-close]")) {
    event.preventDefault();
    void open(link.href);
  } else if (isUnsaved()) {
    event.preventDefault();
    void mayLeave().then((may) => { if (may) location.href = link.href; });
  }
});

// The values of a condition about tags are tags; free text stays possible.
document.addEventListener("change", (event) => {
  const about = event.target;
  if (!(about instanceof HTMLSelectElement) || !about.name.endsWith(".about")) return;
  const value = about.closest(".condition")?.querySelector(".when-valued");
  if (about.value === "contact.tags") value?.setAttribute("list", "known-tags");
  else value?.removeAttribute("list");
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && form.matches("[data-find]")) {
    event.preventDefault();
    const sought = new FormData(form).get("q");
    void open(`${form.action}?${new URLSearchParams({ q: String(sought ?? "") })}`);
    return;
  }
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-act]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement)) return;
  const more = button.name ? { [button.name]: button.value } : {};
  if (underWay.has(form)) return;
  underWay.add(form);
  const address = button.hasAttribute("formaction") ? button.formAction : form.action;
  void act(form, address, more).finally(() => underWay.delete(form));
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const card = event.target instanceof Element ? event.target.closest("[data-step]") : null;
  const by = event.key === "ArrowUp" ? "up" : "down";
  const button = card?.querySelector(`button[name="by"][value="${by}"]`);
  if (!card || !(button instanceof HTMLButtonElement) || !button.form) return;
  event.preventDefault();
  void act(button.form, button.form.action, { by }, `#${CSS.escape(card.id)} .card-main`);
});

addEventListener("popstate", () => void open(location.href, { push: false }));
document.addEventListener("editor-shown", (event) => { if (event instanceof CustomEvent) prepare(event.detail); });
enableAutosave();
prepare(EVERYTHING);
