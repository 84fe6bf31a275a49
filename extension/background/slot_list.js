// The times that a link offers.

import { call } from "./api.js";
import { RefusalError } from "./refusal.js";
import { currentServer } from "./server.js";

/** @import {Day} from "../messages.js" */

/**
 * The free times that a customer sees under the URL of a one-time or general link.
 * @param {{url: string, event_type?: string, from: string, to: string, timezone: string}} message `from` and `to`
 *   are dates (YYYY-MM-DD), both included
 * @returns {Promise<{timezone: string, days: Day[]}>}
 * @throws {RefusalError} `link-not-found` if the page's general link is off, and those of `call`
 */
export async function listSlots({ url, event_type, from, to, timezone }) {
  const code = await linkCode(url);
  const query = { from, to, timezone, ...(event_type ? { event_type } : {}) };
  return call("GET", `/book/${encodeURIComponent(code)}/slots`, { query, isOpen: true });
}

/** The code or slug in a URL of the server. @param {string} text @throws {RefusalError} `link-not-found` */
async function linkCode(text) {
  const { address } = await currentServer();
  const url = URL.parse(text);
  if (url?.origin !== address) throw new RefusalError("link-not-found");
  return url.pathname.slice(1);
}
