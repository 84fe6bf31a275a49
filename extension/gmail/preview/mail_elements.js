// The HTML that would be inserted, as elements in which nothing can be followed.

import { safeHtml } from "../safe_html.js";

/** @param {string} html of the server @param {string} url of the server */
export function mailElements(html, url) {
  const { body } = new DOMParser().parseFromString(safeHtml(html, url), "text/html");
  for (const link of body.querySelectorAll("a")) link.removeAttribute("href");
  return body.childNodes;
}
