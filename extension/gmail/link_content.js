// The content to insert for links: plain anchors, which every mail client shows.

import { translate } from "../texts/gmail/translate.js";
import { locale } from "../texts/translator.js";

/** @import {Content} from "./insert.js" */
/** @import {CreatedLink, LinkRequest} from "./link_request.js" */

/**
 * One link, or a line with name and link for each of several people.
 * @param {CreatedLink[]} links
 * @param {LinkRequest} request
 * @returns {Content}
 */
export function linkContent(links, { page, text }) {
  const linkText = text || page.title;
  const [link] = links;
  if (link && links.length === 1) return { html: anchor(link.url, linkText), text: link.url, isList: false };
  return list(
    links.map(({ url, person }) => {
      const name = person?.name ?? "";
      return { html: `${escape(name)}: ${anchor(url, linkText)}`, text: `${name}: ${url}` };
    }),
  );
}

/**
 * A line for each time. All lines carry the same link; its `t` parameter makes the page highlight that time.
 * @param {CreatedLink} link
 * @param {{starts: string[], timezone: string, eventType: string | null}} times `starts` in RFC 3339; `eventType` is
 *   null if the page has one only
 * @returns {Content}
 */
export function timesContent(link, { starts, timezone, eventType }) {
  const format = new Intl.DateTimeFormat(locale(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: timezone,
  });
  const rows = starts.toSorted().map((start) => row(format.format(Date.parse(start)), start));
  return list([...rows, row(translate("otherTimes"), null)]);

  /** @param {string} text @param {string | null} start */
  function row(text, start) {
    const url = new URL(link.url);
    if (eventType) url.searchParams.set("event_type", eventType);
    if (start) url.searchParams.set("t", start);
    url.searchParams.set("timezone", timezone);
    return { html: anchor(url.href, text), text: `${text}: ${url.href}` };
  }
}

/** @param {{html: string, text: string}[]} rows @returns {Content} */
function list(rows) {
  const html = rows.map((row) => row.html).join("<br>");
  return { html, text: rows.map((row) => row.text).join("\n"), isList: true };
}

/** @param {string} url @param {string} text */
function anchor(url, text) {
  return `<a href="${escape(url)}">${escape(text)}</a>`;
}

/** @param {string} text */
function escape(text) {
  const entities = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
