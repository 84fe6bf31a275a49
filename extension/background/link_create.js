// New one-time links.

import { make } from "./attempts.js";

/** @import {Link, LinkWish, Person} from "../messages.js" */

/** One link. @param {LinkWish & {person?: Person}} message @returns {Promise<Link>} */
export async function createLink({ person, ...wish }) {
  return shown(await make("/links", person ? { ...wanted(wish), person } : wanted(wish)));
}

/** One link for each of the people, all or none. @param {LinkWish & {people: Person[]}} message */
export async function createLinks({ people, ...wish }) {
  const { items } = await make("/links/batch", { ...wanted(wish), people });
  return { items: items.map(shown) };
}

/** What the API is told of a wish: what is not named here, it would refuse. @param {LinkWish} wish */
function wanted({ page, event_type, skip_form, expires_in_days }) {
  return { page, event_type, skip_form, expires_in_days, channel: "extension" };
}

/** @param {Link} link @returns {Link} */
function shown({ id, url, html, text }) {
  return { id, url, html, text };
}
