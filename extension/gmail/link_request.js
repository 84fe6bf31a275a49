// The link that a person asks for in a compose window.

import { sendMessage } from "./send_message.js";

/** @import {Choices, Person, Refusal, Remembered, SharedPage} from "../messages.js" */

/**
 * @typedef {object} LinkRequest
 * @property {SharedPage} page
 * @property {string | null} eventType its id; null if the recipient chooses
 * @property {boolean} isOneTime false: the page's general link
 * @property {Person[]} people empty: the link is not personalised; several: one link for each person
 * @property {boolean} skipsForm
 * @property {number | null | undefined} expiresInDays null: never; undefined: the workspace's setting
 * @property {string} text of the link; empty: the page's title
 * @property {Style} style several people get links, whatever the style
 * @property {string} snippet stands before the link; empty: nothing does
 * @property {Person[]} readers of the message, as far as they are known
 * @property {string | null} language chosen for them; empty: the page's; null: theirs, as far as it can be told
 * @property {Record<string, string>} languages remembered by mail domain
 *
 * @typedef {{starts: string[], timezone: string, eventType: string | null}} Times to be inserted; `starts` in RFC 3339
 * @typedef {"link" | "sentence" | "card"} Style
 */

export const NEVER = "never";

/** The `expiresInDays` of a `LinkRequest`. @param {string | undefined} expiry as in `Choices` */
export function expiryDays(expiry) {
  return expiry === NEVER ? null : expiry ? Number(expiry) : undefined;
}

/** The known style. @param {string | undefined} style as in `Choices` @returns {Style} */
export function styleOf(style) {
  return style === "sentence" || style === "card" ? style : "link";
}

/** Whether the page's general link is on. @param {SharedPage} page */
export function hasGeneralLink(page) {
  return page.general_link !== false;
}

/**
 * The pages to choose from and what is offered again. The page of the last choices is the first; pages with one-time
 * links come before the others.
 * @returns {Promise<{ok: true, pages: SharedPage[], account: string} & Remembered | Refusal>}
 */
export async function loadPages() {
  const [listed, last] = await Promise.all([sendMessage({ kind: "pages" }), sendMessage({ kind: "choices.get" })]);
  if (!listed.ok) return listed;
  if (!last.ok) return last;
  const { choices } = last;
  const rank = (/** @type {SharedPage} */ { id, one_time }) => (id === choices.page ? 0 : one_time ? 1 : 2);
  const pages = listed.pages.toSorted((a, b) => rank(a) - rank(b));
  return { ...last, pages, account: listed.account };
}
