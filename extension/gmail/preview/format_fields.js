// How a link is inserted: its form, its language, what stands before it; and the preview of all that.

import { button, createElement, field, select } from "../../shared/elements.js";
import { translate as translatePanel } from "../../texts/gmail/translate.js";
import { translate } from "../../texts/preview/translate.js";
import { locale } from "../../texts/translator.js";
import { styleOf } from "../link_request.js";
import { sendMessage } from "../send_message.js";
import { makePreview } from "./preview.js";
import { LANGUAGES, languageOf } from "../recipient_language.js";

/** @import {Snippet} from "../../messages.js" */
/** @import {LinkRequest} from "../link_request.js" */
/** @import {Format} from "../panel/link_form.js" */

const SHOWN_CHARACTERS = 60; // of a snippet

/**
 * @param {Format} format is changed by the fields
 * @param {Snippet[]} snippets
 * @param {() => LinkRequest | null} sample null if this page has no such link
 */
export function formatFields(format, snippets, sample) {
  const style = select(
    [
      { value: "link", text: translatePanel("yourLink") },
      { value: "sentence", text: translatePanel("asSentence") },
      { value: "card", text: translatePanel("asCard") },
    ],
    format.style,
  );
  const names = new Intl.DisplayNames(locale(), { type: "language" });
  const language = select([
    { value: "", text: translate("pageLanguage") },
    ...LANGUAGES.map((tag) => ({ value: tag, text: names.of(tag) ?? tag })),
  ]);
  const snippet = select(
    [
      { value: "", text: translate("noSnippet") },
      ...snippets.map(({ id, text }) => ({ value: id, text: text.replace(/\s+/g, " ").slice(0, SHOWN_CHARACTERS) })),
    ],
    format.snippet,
  );
  style.addEventListener("change", () => { format.style = styleOf(style.value); });
  language.addEventListener("change", () => { format.language = language.value; });
  snippet.addEventListener("change", () => { format.snippet = snippet.value; });
  const preview = makePreview(() => ({ request: sample() }));
  const fields = createElement(
    "div",
    { class: "pair" },
    field(translate("style"), style),
    field(translate("language"), language),
    snippets.length
      ? field(translate("snippet"), snippet)
      : button(translate("addSnippet"), () => void sendMessage({ kind: "options.open" })),
  );
  follow();

  /** Until a language is chosen, it is that of the recipients. Several people get a line with a link each. */
  function follow() {
    const request = sample();
    fields.hidden = Boolean(request && request.people.length > 1);
    if (request && format.language === null) language.value = languageOf(request.readers, request.languages);
  }
  return {
    element: createElement("div", { class: "for" }, fields, preview.element),
    update() {
      follow();
      preview.update();
    },
  };
}
