// Pages of the editor: fetched one after the other, and shown by exchanging the parts of this page that differ.

/** @typedef {{page: Document, editor: HTMLElement | null, status: number, address: string}} Answer */

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
 * Fetch a page; throws TypeError without a connection. `editor` is null if the page is another one.
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Answer>}
 */
export async function fetchEditor(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-editor]");
  return {
    page,
    editor: found instanceof HTMLElement ? found : null,
    status: answer.status,
    address: answer.url,
  };
}

/**
 * Send a form for the draft as it is now, with more fields.
 * @param {HTMLFormElement} form
 * @param {string} address
 * @param {Record<string, string>} [more]
 */
export function postForm(form, address, more = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  for (const [name, value] of Object.entries({ revision: editor().dataset.revision ?? "", ...more })) {
    body.set(name, value);
  }
  return fetchEditor(address, { method: "POST", body });
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

/**
 * Show what cards say after one step was changed. Where the cards are others, show the whole line.
 * @param {HTMLElement} fresh
 */
export function showCards(fresh) {
  const here = cards(editor());
  const there = cards(fresh);
  if (here.map(({ id }) => id).join() !== there.map(({ id }) => id).join()) {
    show(fresh, ["flow"]);
    return;
  }
  takeRevision(fresh);
  here.forEach((card, place) => {
    const other = there[place];
    const [text, otherText] = [card.querySelector(".card-text"), other?.querySelector(".card-text")];
    if (!other || !text || !otherText || text.innerHTML === otherText.innerHTML) return;
    card.className = other.className;
    text.replaceChildren(...otherText.childNodes);
  });
}

/** @param {HTMLElement} fresh */
function takeRevision(fresh) {
  if (fresh.dataset.revision) editor().dataset.revision = fresh.dataset.revision;
}

/** @param {HTMLElement} within */
function cards(within) {
  return [...within.querySelectorAll(".card[id]")];
}
