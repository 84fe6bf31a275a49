// The pages that can be shared.

import { call } from "./api.js";
import { RefusalError } from "./refusal.js";
import { checkUrls } from "./server.js";
import { readLocal } from "./storage.js";

/** @import {SharedPage} from "../messages.js" */

/**
 * Every page that has one-time links or whose general link is on; the account's own pages come first.
 * @returns {Promise<{pages: SharedPage[], account: string}>} `account` is the email address of the signed-in account
 * @throws {RefusalError} `no-page`, `not-ours` and those of `call`
 */
export async function listPages() {
  const { items } = await call("GET", "/pages");
  const pages = items.filter(
    (/** @type {SharedPage} */ page) => page.one_time || page.general_link,
  ).map(sharedPage);
  if (!pages.length) throw new RefusalError("no-page");
  await checkUrls(...pages.map((/** @type {SharedPage} */ { url }) => url));
  return { pages, account: (await readLocal("account"))?.email ?? "" };
}

/** @param {SharedPage} page @returns {SharedPage} */
function sharedPage({ id, kind, title, url, general_link = true, one_time, event_types }) {
  return { id, kind, title, url, general_link, one_time, event_types };
}
