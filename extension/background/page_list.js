// What can be shared.

import { call } from "./api.js";
import { kept } from "./kept.js";
import { Refusal } from "./refusal.js";

/** @import {SharedPage} from "../messages.js" */

/**
 * Every page that links can be made for, or whose general link is on; the person's own come first.
 * @returns {Promise<{pages: SharedPage[], account: string}>} `account` is the address of whoever is signed in
 * @throws {Refusal} `no-page` and those of a call
 */
export async function listPages() {
  const { items } = await call("GET", "/pages");
  const pages = items.filter(
    (/** @type {SharedPage} */ page) => page.one_time || page.general_link,
  ).map(shown);
  if (!pages.length) throw new Refusal("no-page");
  return { pages, account: (await kept("account"))?.email ?? "" };
}

/** @param {SharedPage} page @returns {SharedPage} */
function shown({ id, kind, title, url, general_link = true, one_time, event_types }) {
  return { id, kind, title, url, general_link, one_time, event_types };
}
