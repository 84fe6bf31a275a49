// What link is wished for, and making it.

import { ask } from "./ask.js";

/** @typedef {import("../messages.js").SharedPage} SharedPage */
/** @typedef {import("../messages.js").Person} Person */
/** @typedef {import("../messages.js").Choices} Choices */
/** @typedef {import("../messages.js").Refusal} Refusal */

/**
 * @typedef {object} Wish
 * @property {SharedPage} page
 * @property {string | null} eventType
 * @property {boolean} isOneTime otherwise it is the general link
 * @property {Person[]} people whom it is for: nobody in particular, one, or a link for each of several
 * @property {boolean} skipsForm
 * @property {number | null | undefined} expiresInDays null: never; undefined: as the workspace has it
 * @property {string} text of the link; empty: the page's title
 */

/** @typedef {{id: string | null, url: string, person: Person | null}} Made a link; only one-time links have an `id` */

export const NEVER = "never";

/** @param {string | undefined} expiry as `Choices` has it @returns {number | null | undefined} as `Wish` has it */
export function expiryDays(expiry) {
  return expiry === NEVER ? null : expiry ? Number(expiry) : undefined;
}

/**
 * What is to be chosen from, and what was chosen last: that page is the first, and those with one-time links follow.
 * @returns {Promise<{ok: true, pages: SharedPage[], account: string, choices: Choices} | Refusal>}
 */
export async function readOffer() {
  const [offer, last] = await Promise.all([ask({ kind: "pages" }), ask({ kind: "choices.get" })]);
  if (!offer.ok) return offer;
  if (!last.ok) return last;
  const { choices } = last;
  const rank = (/** @type {SharedPage} */ { id, one_time }) => (id === choices.page ? 0 : one_time ? 1 : 2);
  const pages = offer.pages.toSorted((a, b) => rank(a) - rank(b));
  return { ok: true, pages, account: offer.account, choices };
}

/**
 * What is wished for without being asked: the last choices, or else the first page's one-time link.
 * @param {{pages: SharedPage[], choices: Choices}} offer
 * @param {Person[]} recipients
 * @returns {Wish | null} null where it takes a person to choose
 */
export function lastWish({ pages: [page], choices }, recipients) {
  if (!page || (!page.one_time && page.id !== choices.page)) return null; // nobody chose its general link
  const isOneTime = page.one_time && (choices.one_time ?? true);
  if (!isOneTime && page.general_link === false) return null;
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
 * @param {Wish} wish
 * @returns {Promise<{ok: true, links: Made[]} | Refusal>}
 */
export async function makeLinks(wish) {
  const { page, people } = wish;
  if (!wish.isOneTime) return { ok: true, links: [{ id: null, url: generalUrl(wish), person: null }] };
  const terms = {
    page: page.id,
    channel: /** @type {const} */ ("extension"),
    ...(wish.eventType ? { event_type: wish.eventType } : {}),
    ...(wish.expiresInDays === undefined ? {} : { expires_in_days: wish.expiresInDays }),
    ...(people.length ? { skip_form: wish.skipsForm } : {}),
  };
  const [person] = people;
  if (people.length > 1) {
    const made = await ask({ kind: "link.batch", people, ...terms });
    if (!made.ok) return made;
    const links = made.items.map(({ id, url }, place) => ({ id, url, person: people[place] ?? null }));
    return { ok: true, links };
  }
  const made = await ask({ kind: "link.create", ...(person ? { person } : {}), ...terms });
  return made.ok ? { ok: true, links: [{ id: made.id, url: made.url, person: person ?? null }] } : made;
}

/** Withdraw links that went nowhere. What fails here leaves links that nobody has. @param {Made[]} links */
export async function withdraw(links) {
  await Promise.all(links.map(({ id }) => id && ask({ kind: "link.revoke", id })));
}

/** @param {Wish} wish */
function generalUrl({ page, eventType }) {
  const url = new URL(page.url);
  if (eventType) url.searchParams.set("event_type", eventType);
  return url.href;
}
