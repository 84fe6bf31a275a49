// The HTML document of the options page or the popup. Its texts are filled in when it is opened.

import { language } from "../texts/translator.js";

/**
 * Fill in the text of each element with a `data-text` key, and the document's title. Then show the document.
 * @param {(key: any) => string} translate
 */
export function showTexts(translate) {
  document.documentElement.lang = language();
  document.title = `Admit One: ${translate("title")}`;
  for (const element of allElements("[data-text]")) element.textContent = translate(element.dataset["text"]);
  document.body.hidden = false;
}

/**
 * The element with this id.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {{new(): Kind}} kind
 * @throws {Error} if the document has no such element: a mistake in its HTML
 */
export function elementById(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The document has no ${id}.`);
  return element;
}

/** @param {string} selector */
function allElements(selector) {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
}
