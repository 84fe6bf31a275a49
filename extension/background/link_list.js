// The newest links and their states, for the popup.

import { call } from "./api.js";
import { RefusalError } from "./refusal.js";
import { checkUrls, currentServer } from "./server.js";
import { readLocal } from "./storage.js";

/** @import {SentLink} from "../messages.js" */

const MOST = 8;

/**
 * The newest links that the signed-in account created, the newest first; the dashboard's address; and whether there
 * is a page to create links for.
 * @returns {Promise<{links: SentLink[], dashboard: string, hasPages: boolean}>}
 * @throws {RefusalError} `signed-out`, `no-server`, `not-ours` and those of `call`
 */
export async function listNewest() {
  const account = await readLocal("account");
  if (!account) throw new RefusalError((await readLocal("server")) ? "signed-out" : "no-server");
  const query = { created_by: account.id, limit: String(MOST) };
  const [links, pages] = await Promise.all([call("GET", "/links", { query }), call("GET", "/pages")]);
  await checkUrls(...links.items.map((/** @type {any} */ { url }) => url));
  const titles = new Map(pages.items.map((/** @type {any} */ page) => [page.id, page.title]));
  const { address } = await currentServer();
  return {
    links: await Promise.all(links.items.map((/** @type {any} */ link) => sentLink(link, titles))),
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
