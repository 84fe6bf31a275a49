// Creating one-time links.

import { postOnce } from "./idempotent_post.js";
import { revokeLink } from "./link_revoke.js";
import { checkUrls } from "./server.js";

/** @import {Link, NewLink, Person} from "../messages.js" */

/** Create one link. @param {NewLink & {person?: Person}} message @returns {Promise<Link>} */
export async function createLink({ person, ...fields }) {
  const created = await postOnce("/links", person ? { ...bodyOf(fields), person } : bodyOf(fields));
  await checkLinks([created]);
  return linkOf(created);
}

/** Create one link for each person: all or none. @param {NewLink & {people: Person[]}} message */
export async function createLinks({ people, ...fields }) {
  const { items, html, text } = await postOnce("/links/batch", { ...bodyOf(fields), people });
  await checkLinks(items);
  return { items: items.map(linkOf), html, text };
}

/** The known fields only: the API refuses a body with others. @param {NewLink} fields */
function bodyOf({ page, event_type, skip_form, expires_in_days, content }) {
  return { page, event_type, skip_form, expires_in_days, content, channel: "extension" };
}

/** Refuse links to elsewhere, and revoke them, best effort. @param {Link[]} links */
async function checkLinks(links) {
  try {
    await checkUrls(...links.map(({ url }) => url));
  } catch (error) {
    await Promise.allSettled(links.map(revokeLink));
    throw error;
  }
}

/** @param {Link} link @returns {Link} */
function linkOf({ id, url, html, text }) {
  return { id, url, html, text };
}
