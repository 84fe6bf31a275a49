// The newest links and what became of them.

import { call } from "./api.js";
import { kept } from "./kept.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";

/** @import {Person} from "../messages.js" */

/**
 * @typedef {object} SentLink
 * @property {string} id
 * @property {string} url
 * @property {string | null} title of its page; null where that is gone
 * @property {"active" | "booked" | "revoked" | "expired" | "unavailable"} status
 * @property {Person | null} person
 * @property {string | null} opened_at
 * @property {string | null} expires_at
 * @property {{start: string, status: string, person: Person} | null} booking the last one
 */

const MOST = 8;

/**
 * The person's newest links, the newest first, the dashboard's address, and whether there is a page to share.
 * @returns {Promise<{links: SentLink[], dashboard: string, hasPages: boolean}>}
 * @throws {Refusal} those of a call
 */
export async function listNewest() {
  const account = await kept("account");
  if (!account) throw new Refusal((await kept("server")) ? "signed-out" : "no-server");
  const query = { created_by: account.id, limit: String(MOST) };
  const [links, pages] = await Promise.all([call("GET", "/links", { query }), call("GET", "/pages")]);
  const titles = new Map(pages.items.map((/** @type {any} */ page) => [page.id, page.title]));
  const { address } = await server();
  return {
    links: await Promise.all(links.items.map((/** @type {any} */ link) => shown(link, titles))),
    dashboard: `${address}/dashboard`,
    hasPages: pages.items.length > 0,
  };
}

/** @param {any} link @param {Map<string, string>} titles @returns {Promise<SentLink>} */
async function shown({ id, url, page, status, person, opened_at, expires_at, bookings }, titles) {
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
    if (error instanceof Refusal && error.code === "not-found") return null; // erased meanwhile
    throw error;
  }
}
