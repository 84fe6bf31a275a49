// The link that a person asks for in a compose window, and creating it.

import { locale } from "../texts/translator.js";
import { safeHtml } from "./safe_html.js";
import { sendMessage } from "./send_message.js";

/** @import {Choices, LinkContent, Person, Refusal, SharedPage} from "../messages.js" */
/** @import {Content} from "./insert.js" */

/**
 * @typedef {object} LinkRequest
 * @property {SharedPage} page
 * @property {string | null} eventType its id; null if the recipient chooses
 * @property {boolean} isOneTime false: the page's general link
 * @property {Person[]} people empty: the link is not personalised; several: one link for each person
 * @property {boolean} skipsForm
 * @property {number | null | undefined} expiresInDays null: never; undefined: the workspace's setting
 * @property {string} text of the link; empty: the page's title
 *
 * @typedef {{id: string | null, url: string, person: Person | null}} CreatedLink `id` is null for a general link
 */

export const NEVER = "never";

/** The `expiresInDays` of a `LinkRequest`. @param {string | undefined} expiry as in `Choices` */
export function expiryDays(expiry) {
  return expiry === NEVER ? null : expiry ? Number(expiry) : undefined;
}

/** Whether the page's general link is on. @param {SharedPage} page */
export function hasGeneralLink(page) {
  return page.general_link !== false;
}

/**
 * The pages to choose from and the last choices. The page of the last choices is the first; pages with one-time links
 * come before the others.
 * @returns {Promise<{ok: true, pages: SharedPage[], account: string, choices: Choices} | Refusal>}
 */
export async function loadPages() {
  const [listed, last] = await Promise.all([sendMessage({ kind: "pages" }), sendMessage({ kind: "choices.get" })]);
  if (!listed.ok) return listed;
  if (!last.ok) return last;
  const { choices } = last;
  const rank = (/** @type {SharedPage} */ { id, one_time }) => (id === choices.page ? 0 : one_time ? 1 : 2);
  const pages = listed.pages.toSorted((a, b) => rank(a) - rank(b));
  return { ok: true, pages, account: listed.account, choices };
}

/**
 * The request that follows from the last choices; without choices, a one-time link to the first page.
 * @param {{pages: SharedPage[], choices: Choices}} loaded
 * @param {Person[]} recipients
 * @returns {LinkRequest | null} null if the person has to choose
 */
export function lastRequest({ pages: [page], choices }, recipients) {
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
    text: choices.text ?? "",
  };
}

/**
 * Create the links of a request, and what to insert for them; a general link exists already.
 * @param {LinkRequest} request
 * @param {{starts: string[], timezone: string, eventType: string | null}} [times] inserted in place of the link alone;
 *   `starts` in RFC 3339
 * @returns {Promise<{ok: true, links: CreatedLink[], content: Content} | Refusal>}
 */
export async function createLinks(request, times) {
  const { page, people } = request;
  const eventType = request.eventType ?? times?.eventType ?? null;
  const content = contentOf(request, times);
  const isList = Boolean(times) || people.length > 1;
  if (!request.isOneTime) {
    const asked = { page: page.id, ...(eventType ? { event_type: eventType } : {}), content };
    const found = await sendMessage({ kind: "page.content", ...asked });
    if (!found.ok) return found;
    const { url, html, text } = found;
    return { ok: true, links: [{ id: null, url, person: null }], content: { html: safeHtml(html, url), text, isList } };
  }
  const fields = {
    page: page.id,
    channel: /** @type {const} */ ("extension"),
    content,
    ...(eventType ? { event_type: eventType } : {}),
    ...(request.expiresInDays === undefined ? {} : { expires_in_days: request.expiresInDays }),
    ...(people.length ? { skip_form: request.skipsForm } : {}),
  };
  const [person] = people;
  if (people.length > 1) {
    const created = await sendMessage({ kind: "link.batch", people, ...fields });
    if (!created.ok) return created;
    const { items, html, text } = created;
    const links = items.map(({ id, url }, index) => ({ id, url, person: people[index] ?? null }));
    return { ok: true, links, content: { html: safeHtml(html, links[0]?.url ?? ""), text, isList } };
  }
  const created = await sendMessage({ kind: "link.create", ...(person ? { person } : {}), ...fields });
  if (!created.ok) return created;
  const { id, url, html, text } = created;
  const links = [{ id, url, person: person ?? null }];
  return { ok: true, links, content: { html: safeHtml(html, url), text, isList } };
}

/**
 * How the server writes what is inserted. Times are in the language of the extension.
 * @param {LinkRequest} request
 * @param {{starts: string[], timezone: string}} [times]
 * @returns {LinkContent}
 */
function contentOf({ text }, times) {
  const label = text ? { label: text } : {};
  if (!times) return { style: "link", ...label };
  return { style: "times", starts: times.starts, timezone: times.timezone, locale: locale(), ...label };
}

/**
 * Revoke links that are in no message, best effort: a link that cannot be revoked now stays active, but nobody knows
 * it.
 * @param {CreatedLink[]} links
 */
export async function revokeLinks(links) {
  await Promise.all(links.map(({ id }) => id && sendMessage({ kind: "link.revoke", id })));
}
