// The general link of a page, ready to insert, and samples of one-time links.

import { call } from "./api.js";
import { checkUrls } from "./server.js";

/** @import {LinkContent} from "../messages.js" */

/**
 * `sample`: how a one-time link would look. Its address leads nowhere, and no link is made.
 * @param {{page: string, event_type?: string, content: LinkContent, sample?: boolean}} message
 * @returns {Promise<{url: string, html: string, text: string}>}
 * @throws {import("./refusal.js").RefusalError} `not-ours` and those of `call`
 */
export async function pageContent({ page, event_type, content, sample }) {
  const body = { content, ...(event_type ? { event_type } : {}), ...(sample ? { sample } : {}) };
  const { url, html, text } = await call("POST", `/pages/${encodeURIComponent(page)}/content`, { body });
  await checkUrls(url);
  return { url, html, text };
}
