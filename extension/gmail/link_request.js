// The link that a person asks for in a compose window, and creating it.

import { lazily } from "./lazy.js";
import { sendMessage } from "./send_message.js";
import { withMark, withName } from "./snippet_name.js";

/** @import {Choices, LinkContent, Person, Refusal, Remembered, SharedPage} from "../messages.js" */
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
 * @property {Style} style several people get links, whatever the style
 * @property {string} snippet stands before the link; empty: nothing does
 * @property {Person[]} readers of the message, as far as they are known
 * @property {string | null} language chosen for them; empty: the page's; null: theirs, as far as it can be told
 * @property {Record<string, string>} languages remembered by mail domain
 *
 * @typedef {{starts: string[], timezone: string, eventType: string | null}} Times to be inserted; `starts` in RFC 3339
 * @typedef {"link" | "sentence" | "card"} Style
 * @typedef {{id: string | null, url: string, person: Person | null}} CreatedLink `id` is null for a general link
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

/** The name for a snippet: of the only reader. @param {LinkRequest} request */
export function nameOf({ readers: [person, other] }) {
  return person && !other ? person.name : "";
}

/**
 * Create the links of a request, and what to insert for them; a general link exists already.
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {Promise<{ok: true, links: CreatedLink[], content: Content} | Refusal>}
 */
export async function createLinks(request, times) {
  const { page, people } = request;
  const eventType = request.eventType ?? times?.eventType ?? null;
  const content = await contentOf(request, times);
  const isList = beginsLine(content) || people.length > 1;
  const finished = (/** @type {{html: string, text: string}} */ { html, text }) => ({
    content: { ...withName({ html, text }, nameOf(request)), isList },
  });
  if (!request.isOneTime) {
    const asked = { page: page.id, ...(eventType ? { event_type: eventType } : {}), content };
    const found = await sendMessage({ kind: "page.content", ...asked });
    if (!found.ok) return found;
    return { ok: true, links: [{ id: null, url: found.url, person: null }], ...finished(found) };
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
    const links = created.items.map(({ id, url }, index) => ({ id, url, person: people[index] ?? null }));
    return { ok: true, links, ...finished(created) };
  }
  const created = await sendMessage({ kind: "link.create", ...(person ? { person } : {}), ...fields });
  if (!created.ok) return created;
  const { id, url } = created;
  return { ok: true, links: [{ id, url, person: person ?? null }], ...finished(created) };
}

/**
 * How the server writes what is inserted.
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {Promise<LinkContent>}
 */
export async function contentOf(request, times) {
  const { text, style, snippet, people } = request;
  const label = text ? { label: text } : {};
  if (people.length > 1) return { style: "link", ...label };
  const locale = times || style !== "link" ? await localeOf(request) : ""; // the server writes words into it
  return {
    style: times && style !== "card" ? "times" : style,
    ...(times ? { starts: times.starts, timezone: times.timezone } : {}),
    ...(locale ? { locale } : {}),
    ...(snippet ? { snippet: people.length ? snippet : withMark(snippet, nameOf(request)) } : {}),
    ...label,
  };
}

/** The language tag of the readers; empty: the page's language. @param {LinkRequest} request */
async function localeOf({ readers, language, languages }) {
  const loaded = await lazily(() => import("./preview/recipient_language.js"));
  if (!loaded.ok) return ""; // the next message is refused for the same reason
  const { languageOf, localeFor } = loaded.module;
  return localeFor(language ?? languageOf(readers, languages), readers);
}

/** Whether the content is more than a part of a line. @param {LinkContent} content */
function beginsLine({ style, snippet = "" }) {
  return style === "times" || style === "card" || (snippet !== "" && (style !== "link" || snippet.includes("\n")));
}

/**
 * Revoke links that are in no message, best effort: a link that cannot be revoked now stays active, but nobody knows
 * it.
 * @param {CreatedLink[]} links
 */
export async function revokeLinks(links) {
  await Promise.all(links.map(({ id }) => id && sendMessage({ kind: "link.revoke", id })));
}
