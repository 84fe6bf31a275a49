// The link that follows from the last choices, for a quick insert.

import { expiryDays, hasGeneralLink, styleOf } from "./link_request.js";

/** @import {Person, Remembered, SharedPage} from "../messages.js" */
/** @import {LinkRequest} from "./link_request.js" */

/**
 * The request that follows from the last choices; without choices, a one-time link to the first page.
 * @param {{pages: SharedPage[]} & Remembered} loaded
 * @param {Person[]} recipients
 * @returns {LinkRequest | null} null if the person has to choose
 */
export function lastRequest({ pages: [page], choices, text, texts, languages, snippets }, recipients) {
  if (!page || (!page.one_time && page.id !== choices.page)) return null; // nobody chose its general link
  const isOneTime = page.one_time && (choices.one_time ?? true);
  if (!isOneTime && !hasGeneralLink(page)) return null;
  const isPersonal = isOneTime && (choices.personalise ?? false);
  if (isPersonal && recipients.length !== 1) return null;
  return {
    page,
    eventType: page.event_types.find(({ id }) => id === choices.event_type)?.id ?? null,
    isOneTime,
    people: isPersonal ? recipients : [],
    skipsForm: !choices.show_form,
    expiresInDays: expiryDays(choices.expiry),
    text: texts[page.id] ?? text,
    style: styleOf(choices.style),
    snippet: snippets.find(({ id }) => id === choices.snippet)?.text ?? "",
    readers: recipients,
    language: null,
    languages,
  };
}
