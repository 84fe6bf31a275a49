// Creating the links that a person asked for, and revoking those that are in no message.

import { contentOf, nameOf } from "./link_content.js";
import { safeHtml } from "./safe_html.js";
import { sendMessage } from "./send_message.js";
import { sendOverPort } from "./send_over_port.js";
import { withName } from "./snippet_name.js";

/** @import {LinkContent, Person, Refusal} from "../messages.js" */
/** @import {Content} from "./insert.js" */
/** @import {LinkRequest, Times} from "./link_request.js" */

/** @typedef {{id: string | null, url: string, person: Person | null}} CreatedLink `id` is null for a general link */

/**
 * Create the links of a request, and what to insert for them; a general link exists already.
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {Promise<{ok: true, links: CreatedLink[], content: Content} | Refusal>}
 */
export async function createLinks(request, times) {
  const { page, people } = request;
  const eventType = request.eventType ?? times?.eventType ?? null;
  const content = contentOf(request, times);
  const isList = beginsLine(content) || people.length > 1;
  const finished = (/** @type {{html: string, text: string}} */ { html, text }, url = "") => ({
    content: { ...withName({ html: safeHtml(html, url), text }, nameOf(request)), isList },
  });
  if (!request.isOneTime) {
    const asked = { page: page.id, ...(eventType ? { event_type: eventType } : {}), content };
    const found = await sendMessage({ kind: "page.content", ...asked });
    if (!found.ok) return found;
    return { ok: true, links: [{ id: null, url: found.url, person: null }], ...finished(found, found.url) };
  }
  const fields = {
    page: page.id,
    channel: /** @type {const} */ ("extension"),
    content,
    ...(eventType ? { event_type: eventType } : {}),
    ...(request.expiresInDays === undefined ? {} : { expires_in_days: request.expiresInDays }),
    ...(people.length ? { skip_form: request.skipsForm } : {}),
  };
  const [person] = people;
  if (people.length > 1) {
    const created = await sendOverPort({ kind: "link.batch", people, ...fields });
    if (!created.ok) return created;
    const links = created.items.map(({ id, url }, index) => ({ id, url, person: people[index] ?? null }));
    return { ok: true, links, ...finished(created, links[0]?.url) };
  }
  const created = await sendOverPort({ kind: "link.create", ...(person ? { person } : {}), ...fields });
  if (!created.ok) return created;
  const { id, url } = created;
  return { ok: true, links: [{ id, url, person: person ?? null }], ...finished(created, url) };
}

/** Whether the content is more than a part of a line. @param {LinkContent} content */
function beginsLine({ style, snippet = "" }) {
  return style === "times" || style === "card" || (snippet !== "" && (style !== "link" || snippet.includes("\n")));
}

/**
 * Revoke links that are in no message, best effort: a link that cannot be revoked now stays active, but nobody knows
 * it.
 * @param {CreatedLink[]} links
 */
export async function revokeLinks(links) {
  await Promise.all(links.map(({ id }) => id && sendMessage({ kind: "link.revoke", id })));
}
