// The times that a page offers.

import { call } from "./api.js";

/** @import {Day} from "../messages.js" */

/**
 * The free times of a page, as its customers see them.
 * @param {{page: string, event_type?: string, from: string, to: string, timezone: string}} message `from` and `to`
 *   are dates (YYYY-MM-DD), both included
 * @returns {Promise<{timezone: string, days: Day[]}>}
 * @throws {import("./refusal.js").RefusalError} those of `call`
 */
export async function listSlots({ page, event_type, from, to, timezone }) {
  const query = { from, to, timezone, ...(event_type ? { event_type } : {}) };
  return call("GET", `/pages/${encodeURIComponent(page)}/slots`, { query });
}
