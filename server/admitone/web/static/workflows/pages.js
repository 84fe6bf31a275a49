// Pages of the editor: fetched one after the other, and shown by exchanging the parts of this page that differ.

/**
 * @typedef {object} Texts what changes when a panel's form is saved; `says` and `missing` are by the ids of cards
 * @property {number} revision
 * @property {string} name
 * @property {Record<string, string>} errors
 * @property {Record<string, string[]>} says
 * @property {Record<string, string>} missing
 * @property {boolean} has_hook
 */
/** @typedef {{editor: HTMLElement | null, texts: Texts | null, status: number, address: string}} Answer */

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** The editor of this page. */
export function editor() {
  return /** @type {HTMLElement} */ (document.querySelector("[data-editor]"));
}

/**
 * Do one piece of work after the other: a change has the revision that the one before it made.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(work) {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}

/**
 * Fetch a page; throws TypeError without a connection. `editor` is null if the answer is no page of it.
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Answer>}
 */
export async function fetchEditor(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const known = { status: answer.status, address: answer.url };
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    return { ...known, editor: null, texts: await answer.json() };
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-editor]");
  return { ...known, editor: found instanceof HTMLElement ? found : null, texts: null };
}

/**
 * Send a form for the draft as it is now, with more fields.
 * @param {HTMLFormElement} form
 * @param {string} address
 * @param {Record<string, string>} [more]
 * @param {string} [accept]
 */
export function postForm(form, address, more = {}, accept = "text/html") {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  for (const [name, value] of Object.entries({ revision: editor().dataset.revision ?? "", ...more })) {
    body.set(name, value);
  }
  return fetchEditor(address, { method: "POST", body, headers: { Accept: accept } });
}

/**
 * Show parts of a fetched page in the place of this page's: `said`, `flow` and `panel`.
 * @param {HTMLElement} fresh
 * @param {string[]} parts
 */
export function show(fresh, parts) {
  takeRevision(fresh);
  if (parts.includes("panel")) editor().className = fresh.className;
  for (const part of parts) {
    const here = document.getElementById(`editor-${part}`);
    const there = fresh.querySelector(`#editor-${part}`);
    if (here && there) here.replaceChildren(...there.childNodes);
  }
  document.dispatchEvent(new CustomEvent("editor-shown", { detail: parts }));
}

/** Show the panel of this page anew; the field that has the focus keeps it. */
export async function refreshPanel() {
  const { editor: fresh } = await fetchEditor(location.href);
  const focused = document.activeElement?.id;
  if (!fresh) return;
  show(fresh, ["panel"]);
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * Show what was saved, at the cards and in the heading.
 * @param {Texts} texts
 */
export function showTexts({ revision, name, says, missing }) {
  editor().dataset.revision = String(revision);
  const heading = document.querySelector("h1");
  if (heading && heading.textContent !== name) {
    document.title = document.title.replace(heading.textContent ?? "", () => name);
    heading.textContent = name;
  }
  for (const card of editor().querySelectorAll(".card[id]")) {
    const text = card.querySelector(".card-text");
    if (!text) continue;
    const said = says[card.id];
    if (said) {
      for (const old of text.querySelectorAll(".card-says")) old.remove();
      text.querySelector(".card-name")?.after(...said.map((sentence) => line("card-says", sentence)));
    }
    text.querySelector(".card-missing")?.remove();
    const problem = missing[card.id];
    if (problem) text.append(line("card-missing", problem));
  }
}

/**
 * @param {string} className
 * @param {string} text
 */
function line(className, text) {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  if (className === "card-says") made.dir = "auto";
  return made;
}

/** @param {HTMLElement} fresh */
function takeRevision(fresh) {
  if (fresh.dataset.revision) editor().dataset.revision = fresh.dataset.revision;
}
