// What is asked of the server: how it writes the content that is inserted.

import { languageOf, localeFor } from "./recipient_language.js";
import { withMark } from "./snippet_name.js";

/** @import {LinkContent} from "../messages.js" */
/** @import {LinkRequest, Times} from "./link_request.js" */

/**
 * How the server writes what is inserted.
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {LinkContent}
 */
export function contentOf(request, times) {
  const { text, style, snippet, people, readers, languages } = request;
  const label = text ? { label: text } : {};
  if (people.length > 1) return { style: "link", ...label };
  const hasWords = times || style !== "link";
  const locale = hasWords ? localeFor(request.language ?? languageOf(readers, languages), readers) : "";
  return {
    style: times && style !== "card" ? "times" : style,
    ...(times ? { starts: times.starts, timezone: times.timezone } : {}),
    ...(locale ? { locale } : {}),
    ...(snippet ? { snippet: people.length ? snippet : withMark(snippet, nameOf(request)) } : {}),
    ...label,
  };
}

/** The name for a snippet: of the only reader. @param {LinkRequest} request */
export function nameOf({ readers: [person, other] }) {
  return person && !other ? person.name : "";
}
