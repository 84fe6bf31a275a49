// Links as they stand in a message: plain ones, which any mail client shows.

import { locale, say } from "./say.js";

/** @typedef {import("./insert.js").Content} Content */
/** @typedef {import("./wish.js").Made} Made */
/** @typedef {import("./wish.js").Wish} Wish */

/** A link, or a line for each of several people. @param {Made[]} links @param {Wish} wish @returns {Content} */
export function linkContent(links, { page, text }) {
  const words = text || page.title;
  const [link] = links;
  if (link && links.length === 1) return { html: anchor(link.url, words), text: link.url, isList: false };
  return list(
    links.map(({ url, person }) => {
      const name = person?.name ?? "";
      return { html: `${escape(name)}: ${anchor(url, words)}`, text: `${name}: ${url}` };
    }),
  );
}

/**
 * Times to choose from, a line each; all lead to the same link, which highlights that time.
 * @param {Made} link
 * @param {{starts: string[], timezone: string, eventType: string | null}} times `starts` in RFC 3339, `eventType`
 *   where the page has several
 * @returns {Content}
 */
export function timesContent(link, { starts, timezone, eventType }) {
  const when = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone: timezone,
  });
  const rows = starts.toSorted().map((start) => row(when.format(Date.parse(start)), start));
  return list([...rows, row(say("otherTimes"), null)]);

  /** @param {string} words @param {string | null} start */
  function row(words, start) {
    const url = new URL(link.url);
    if (eventType) url.searchParams.set("event_type", eventType);
    if (start) url.searchParams.set("t", start);
    url.searchParams.set("timezone", timezone);
    return { html: anchor(url.href, words), text: `${words}: ${url.href}` };
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
  const marks = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
  return text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}
