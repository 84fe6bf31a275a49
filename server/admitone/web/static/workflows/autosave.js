// The panel's form is saved while it is typed. Without a connection it is kept, and sent when there is one again.

import { say as toast } from "../dashboard/toast.js";
import { readTexts } from "../visit/texts.js";
import { editor, inTurn, postForm, show, showCards } from "./pages.js";

const PAUSE = 800;
const AGAIN = 4000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isChanged = false;
let isStopped = false;
let isOffline = false;
let isWarned = false;

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
 * be corrected, and is discarded when the person asks again; without a connection it stays.
 */
export async function mayLeave() {
  await save();
  if (isChanged && (isOffline || !isWarned)) {
    isWarned = !isOffline;
    const wrong = form()?.querySelector("[aria-invalid]");
    if (wrong instanceof HTMLElement) wrong.focus();
    toast(readTexts()(isOffline ? "state-offline" : "not-left"));
    return false;
  }
  isChanged = false;
  return true;
}

/** Forget what was typed: the person chose to see the workflow as it is now. */
export function forget() {
  isChanged = false;
}

function change() {
  isChanged = true;
  isWarned = false;
  if (isStopped) return;
  say("typing");
  clearTimeout(timer);
  timer = setTimeout(() => void save(), PAUSE);
}

function reset() {
  clearTimeout(timer);
  isChanged = false;
  isStopped = false;
  isWarned = false;
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
    isOffline = false;
    say("saving");
    try {
      const answer = await postForm(sent, sent.action);
      if (answer.editor) settle(answer.editor, answer.status, sent);
      else keep();
    } catch {
      keep();
    }
  });
}

/**
 * @param {HTMLElement} fresh
 * @param {number} status
 * @param {HTMLFormElement} sent
 */
function settle(fresh, status, sent) {
  showErrors(sent, fresh);
  if (status === 200) {
    showCards(fresh);
    if (!isChanged) say("saved");
    return;
  }
  isChanged = true;
  say("refused");
  if (status !== 409) return;
  isStopped = true;
  show(fresh, ["said", "flow"]);
  const button = sent.querySelector("[data-save]");
  if (button instanceof HTMLElement) button.hidden = false;
}

function keep() {
  isChanged = true;
  isOffline = true;
  say("offline");
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
  output.dataset.state = state === "offline" || state === "refused" ? "unsaved" : "";
}

/**
 * Show the errors of a fetched form at the fields of this one, which keep what is typed.
 * @param {HTMLFormElement} sent
 * @param {HTMLElement} fresh
 */
function showErrors(sent, fresh) {
  for (const old of sent.querySelectorAll(".error")) old.remove();
  for (const field of sent.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const error of fresh.querySelectorAll("form[data-autosave] .error")) {
    const name = error.id.slice(0, -"-error".length);
    const field = sent.querySelector(`[name="${CSS.escape(name)}"]`);
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", error.id);
    (field?.closest(".field, .condition") ?? sent.querySelector(".panel-fields"))?.append(error);
  }
}
