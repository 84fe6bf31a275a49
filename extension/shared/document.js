// Pages whose words are filled in when they are opened.

import { language } from "../texts/translate.js";

/**
 * Fill in the words: of each element's `data-text`, and of the page's title. Then the page is shown.
 * @param {(key: any) => string} say
 */
export function fillIn(say) {
  document.documentElement.lang = language();
  document.title = `Admit One: ${say("title")}`;
  for (const element of all("[data-text]")) element.textContent = say(element.dataset["text"]);
  document.body.hidden = false;
}

/**
 * The element with this id, which the page must have.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {{new(): Kind}} kind
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}

/** @param {string} selector */
function all(selector) {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
}
