// The search field. A search begins a moment after the last key, or immediately with Enter.

import { elementById } from "../shared/document.js";

const PAUSE = 250; // milliseconds
const SHORTEST = 2; // characters: the server ignores shorter words

const form = elementById("search", HTMLFormElement);
const field = elementById("q", HTMLInputElement);

/** What is searched for; empty if nothing is. */
export function searchText() {
  const text = field.value.trim();
  return text.length < SHORTEST ? "" : text;
}

/** Call `search` when what is searched for has changed. @param {() => void} search */
export function onSearch(search) {
  let before = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const searchIfChanged = () => {
    clearTimeout(timer);
    if (searchText() === before) return;
    before = searchText();
    search();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(searchIfChanged, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    searchIfChanged();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault(); // the second Escape closes the popup
    field.value = "";
    searchIfChanged();
  });
}

/** @param {boolean} isShown */
export function showSearch(isShown) {
  const wasHidden = form.hidden;
  form.hidden = !isShown;
  if (isShown && wasHidden && document.activeElement === document.body) field.focus();
}
