// The general link of a page, ready to insert.

import { call } from "./api.js";
import { checkUrls } from "./server.js";

/** @import {LinkContent} from "../messages.js" */

/**
 * @param {{page: string, event_type?: string, content: LinkContent}} message
 * @returns {Promise<{url: string, html: string, text: string}>}
 * @throws {import("./refusal.js").RefusalError} `not-ours` and those of `call`
 */
export async function pageContent({ page, event_type, content }) {
  const body = event_type ? { event_type, content } : { content };
  const { url, html, text } = await call("POST", `/pages/${encodeURIComponent(page)}/content`, { body });
  await checkUrls(url);
  return { url, html, text };
}
