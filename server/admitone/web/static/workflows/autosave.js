// The panel's form is saved while it is typed. What cannot be sent now is kept, and sent as soon as that is possible.

import { say as toast } from "../dashboard/toast.js";
import { readTexts } from "../visit/texts.js";
import { editor, fetchEditor, inTurn, postForm, refreshPanel, show, showTexts } from "./pages.js";

/** @typedef {import("./pages.js").Answer} Answer */

const PAUSE = 800;
const AGAIN = 4000;
const TEXTS = "application/json, text/html";

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isChanged = false;
let isStopped = false;
let isWarned = false;
/** Why the form waits to be sent again; empty if it does not wait. */
let trouble = "";

/** Watch the form of whatever panel is shown. */
export function enableAutosave() {
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.closest("form[data-autosave]")) change();
  });
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.matches("[data-autosave]")) return;
    event.preventDefault();
    isStopped = false;
    isChanged = true;
    void save();
  });
  document.addEventListener("editor-shown", (event) => {
    if (event instanceof CustomEvent && event.detail.includes("panel")) reset();
  });
  addEventListener("online", () => void save());
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
  reset();
}

/**
 * Save what is not saved yet; resolves to whether the form may go. What cannot be saved keeps it once, so that it can
 * be corrected, and is discarded when the person asks again; what waits to be sent stays.
 */
export async function mayLeave() {
  await save();
  if (isChanged && (trouble || !isWarned)) {
    isWarned = !trouble;
    const wrong = form()?.querySelector("[aria-invalid]");
    if (wrong instanceof HTMLElement) wrong.focus();
    toast(readTexts()(trouble ? `state-${trouble}` : "not-left"));
    return false;
  }
  isChanged = false;
  return true;
}

/** Whether something is typed that is not saved. */
export function isUnsaved() {
  return isChanged;
}

/** Forget what was typed: the person chose to see the workflow as it is now. */
export function forget() {
  isChanged = false;
}

function change() {
  isChanged = true;
  isWarned = false;
  if (isStopped) return;
  say("saving");
  clearTimeout(timer);
  timer = setTimeout(() => void save(), PAUSE);
}

function reset() {
  clearTimeout(timer);
  isChanged = false;
  isStopped = false;
  isWarned = false;
  trouble = "";
  say("");
  const button = form()?.querySelector("[data-save]");
  if (button instanceof HTMLElement) button.hidden = true;
}

function save() {
  clearTimeout(timer);
  return inTurn(async () => {
    const sent = form();
    if (!isChanged || isStopped || !sent) return;
    isChanged = false;
    trouble = "";
    say("saving");
    const answer = await send(sent).catch(() => null);
    if (answer) await settle(answer, sent);
    else keep("offline");
  });
}

/**
 * Send the form. Whoever has signed in again, in another tab, has another token.
 * @param {HTMLFormElement} sent
 */
async function send(sent) {
  const answer = await postForm(sent, sent.action, {}, TEXTS);
  if (answer.status !== 401 && answer.status !== 403) return answer;
  const fresh = await fetchEditor(location.href, { redirect: "manual" });
  const token = fresh.editor?.querySelector("[name=csrf]")?.getAttribute("value");
  if (!token) return answer;
  for (const field of document.querySelectorAll("input[name=csrf]")) field.setAttribute("value", token);
  return postForm(sent, sent.action, {}, TEXTS);
}

/**
 * @param {Answer} answer
 * @param {HTMLFormElement} sent
 */
async function settle({ texts, editor: fresh, status }, sent) {
  if (texts) {
    showErrors(sent, texts.errors);
    if (status !== 200) return refuse("refused");
    showTexts(texts);
    if (isChanged) return;
    if (texts.has_hook !== Boolean(document.querySelector("#editor-panel .hook"))) await refreshPanel();
    say("saved");
  } else if (fresh) {
    refuse("refused");
    isStopped = true;
    show(fresh, ["said", "flow"]);
    const button = sent.querySelector("[data-save]");
    if (button instanceof HTMLElement) button.hidden = false;
  } else if (status === 401) keep("signed-out");
  else if (status === 429 || status >= 500) keep("busy");
  else {
    refuse(status === 404 ? "gone" : "refused");
    isStopped = true;
  }
}

/** @param {string} why */
function refuse(why) {
  isChanged = true;
  say(why);
}

/** @param {string} why */
function keep(why) {
  isChanged = true;
  trouble = why;
  say(why);
  timer = setTimeout(() => void save(), AGAIN);
}

/** @returns {HTMLFormElement | null} */
function form() {
  return editor().querySelector("form[data-autosave]");
}

/** @param {string} state */
function say(state) {
  const output = document.getElementById("save-state");
  if (!output) return;
  const text = state ? readTexts()(`state-${state}`) : "";
  if (output.textContent !== text) output.textContent = text;
  output.dataset.state = ["", "saving", "saved"].includes(state) ? "" : "unsaved";
}

/**
 * Show errors at the fields of the form, which keep what is typed.
 * @param {HTMLFormElement} sent
 * @param {Record<string, string>} errors
 */
function showErrors(sent, errors) {
  for (const old of sent.querySelectorAll(".error")) old.remove();
  for (const field of sent.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    describe(field);
  }
  for (const [name, text] of Object.entries(errors)) {
    const error = document.createElement("p");
    error.className = "error";
    error.id = `${name}-error`;
    error.textContent = text;
    const field = sent.querySelector(`[name="${CSS.escape(name)}"]`);
    field?.setAttribute("aria-invalid", "true");
    if (field) describe(field, error.id);
    field?.closest("details")?.setAttribute("open", "");
    (field?.closest(".field, .condition, .tick") ?? sent.querySelector(".panel-fields"))?.append(error);
  }
}

/**
 * Name what describes a field: its hint, and the error if there is one.
 * @param {Element} field
 * @param {string} [error]
 */
function describe(field, error = "") {
  const known = field.getAttribute("aria-describedby") ?? "";
  const ids = [...known.split(" ").filter((id) => id && !id.endsWith("-error")), error].filter(Boolean);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}
