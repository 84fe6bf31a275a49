// Who speaks to the worker. A content script lives in a page of others, so it may ask for less than our own pages.

/** @typedef {"gmail" | "own"} Place */

const GMAIL = "https://mail.google.com";
const OWN = new URL(chrome.runtime.getURL("")).origin;

/**
 * Where a message comes from; null: from nobody who may ask anything.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Place | null}
 */
export function placeOf({ id, origin, url, tab }) {
  if (id !== chrome.runtime.id) return null;
  const from = origin ?? (url && URL.parse(url)?.origin);
  if (from === OWN) return "own";
  return from === GMAIL && tab ? "gmail" : null;
}
