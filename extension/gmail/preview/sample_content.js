// What would be inserted for a request. No link is made: a one-time link has a sample address, which leads nowhere.

import { contentOf, nameOf } from "../link_content.js";
import { sendMessage } from "../send_message.js";
import { escape, withName } from "../snippet_name.js";

/** @import {Refusal} from "../../messages.js" */
/** @import {LinkRequest, Times} from "../link_request.js" */

/**
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {Promise<{ok: true, url: string, html: string, text: string} | Refusal>}
 */
export async function sampleContent(request, times) {
  const people = request.people.length > 1 ? request.people : []; // a single name is put in here, not sent
  const eventType = request.eventType ?? times?.eventType;
  const found = await sendMessage({
    kind: "page.content",
    page: request.page.id,
    ...(eventType ? { event_type: eventType } : {}),
    content: contentOf({ ...request, people }, times),
    sample: request.isOneTime,
  });
  if (!found.ok) return found;
  if (!people.length) return withName(found, nameOf(request));
  const html = people.map(({ name }) => `${escape(name)}: ${found.html}`).join("<br>");
  return { ...found, html, text: people.map(({ name }) => `${name}: ${found.text}`).join("\n") };
}
