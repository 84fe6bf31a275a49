// What is asked of the server: how it writes the content that is inserted.

import { withMark } from "./snippet_name.js";

/** @import {LinkContent} from "../messages.js" */
/** @import {LinkRequest, Times} from "./link_request.js" */

/**
 * How the server writes what is inserted.
 * @param {LinkRequest} request
 * @param {Times} [times]
 * @returns {LinkContent}
 */
export function contentOf({ text, style, locale, snippet, name, people }, times) {
  const label = text ? { label: text } : {};
  if (people.length > 1) return { style: "link", ...label };
  return {
    style: times && style !== "card" ? "times" : style,
    ...(times ? { starts: times.starts, timezone: times.timezone } : {}),
    ...(locale ? { locale } : {}),
    ...(snippet ? { snippet: people.length ? snippet : withMark(snippet, name) } : {}),
    ...label,
  };
}
