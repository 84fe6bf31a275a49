// The times that a page or a link offers.

import { call } from "./api.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";

/** @import {Day, SharedPage} from "../messages.js" */

/**
 * Free times as a customer is offered them: of a one-time or general link by its address, of a page by its id.
 * @param {{url?: string, page?: string, event_type?: string, from: string, to: string, timezone: string}} message
 * @returns {Promise<{timezone: string, days: Day[]}>}
 * @throws {Refusal} `link-not-found` where the page's general link is off, and those of a call
 */
export async function listSlots({ url, page, event_type, from, to, timezone }) {
  const code = await codeOf(url ?? (await generalLink(page)));
  const query = { from, to, timezone, ...(event_type ? { event_type } : {}) };
  return call("GET", `/book/${encodeURIComponent(code)}/slots`, { query, isOpen: true });
}

/** @param {string | undefined} id */
async function generalLink(id) {
  const { items } = await call("GET", "/pages");
  const found = items.find((/** @type {SharedPage} */ page) => page.id === id);
  if (!found) throw new Refusal("page-gone");
  return found.url;
}

/** The code or slug in an address of the server. @param {string} text */
async function codeOf(text) {
  const { address } = await server();
  const url = URL.parse(text);
  if (url?.origin !== address) throw new Refusal("link-not-found");
  return url.pathname.slice(1);
}
