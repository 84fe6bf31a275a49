// The links and their states, for the popup.

import { call } from "./api.js";
import { RefusalError } from "./refusal.js";
import { checkUrls, currentServer } from "./server.js";
import { readLocal } from "./storage.js";

/** @import {SentLink} from "../messages.js" */

const MOST = 8;

/**
 * Some of the links that the signed-in account created: the newest ones, or those that have the words of `q`; the
 * dashboard's address; and whether there is a page to create links for. `next` is the `cursor` with which the list
 * goes on, or null at its end. A search examines a limited number of links at once, so it may find fewer links than
 * asked for, or none, and still go on.
 * @param {{q: string, cursor?: string}} message `q` is empty for the newest ones
 * @returns {Promise<{links: SentLink[], next: string | null, dashboard: string, hasPages: boolean}>}
 * @throws {RefusalError} `signed-out`, `no-server`, `not-ours` and those of `call`
 */
export async function listLinks({ q, cursor }) {
  const account = await readLocal("account");
  const { address } = await currentServer();
  if (!account) throw new RefusalError("signed-out");
  const query = { created_by: account.id, limit: String(MOST), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) };
  const [links, pages] = await Promise.all([call("GET", "/links", { query }), call("GET", "/pages")]);
  await checkUrls(...links.items.map((/** @type {any} */ { url }) => url));
  const titles = new Map(pages.items.map((/** @type {any} */ page) => [page.id, page.title]));
  return {
    links: await Promise.all(links.items.map((/** @type {any} */ link) => sentLink(link, titles))),
    next: links.next_cursor,
    dashboard: `${address}/dashboard`,
    hasPages: pages.items.length > 0,
  };
}

/** @param {any} link @param {Map<string, string>} titles by the id of the page @returns {Promise<SentLink>} */
async function sentLink({ id, url, page, status, person, opened_at, expires_at, bookings }, titles) {
  const last = status === "booked" ? bookings.at(-1) : undefined;
  return {
    id, url, status, person, opened_at, expires_at,
    title: titles.get(page) ?? null,
    booking: last ? await bookingOf(last) : null,
  };
}

/** @param {string} id @returns {Promise<SentLink["booking"]>} */
async function bookingOf(id) {
  try {
    const { start, status, person } = await call("GET", `/bookings/${encodeURIComponent(id)}`);
    return { start, status, person };
  } catch (error) {
    if (error instanceof RefusalError && error.code === "not-found") return null; // erased since the list was read
    throw error;
  }
}
