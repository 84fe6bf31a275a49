// The times that a link offers.

import { call } from "./api.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";

/** @import {Day} from "../messages.js" */

/**
 * Free times as a customer is offered them, by the address of a one-time or general link.
 * @param {{url: string, event_type?: string, from: string, to: string, timezone: string}} message
 * @returns {Promise<{timezone: string, days: Day[]}>}
 * @throws {Refusal} `link-not-found` where the page's general link is off, and those of a call
 */
export async function listSlots({ url, event_type, from, to, timezone }) {
  const code = await codeOf(url);
  const query = { from, to, timezone, ...(event_type ? { event_type } : {}) };
  return call("GET", `/book/${encodeURIComponent(code)}/slots`, { query, isOpen: true });
}

/** The code or slug in an address of the server. @param {string} text */
async function codeOf(text) {
  const { address } = await server();
  const url = URL.parse(text);
  if (url?.origin !== address) throw new Refusal("link-not-found");
  return url.pathname.slice(1);
}
