// The sender of a message. A content script runs in a page of others, so it may ask for less than our own pages.

/** @typedef {"gmail" | "own"} SenderKind */

const GMAIL = "https://mail.google.com";
const OWN = new URL(chrome.runtime.getURL("")).origin;

/**
 * @param {chrome.runtime.MessageSender} sender
 * @returns {SenderKind | null} null if the sender may ask for nothing
 */
export function senderKind({ id, origin, url, tab }) {
  if (id !== chrome.runtime.id) return null;
  const from = origin ?? (url && URL.parse(url)?.origin);
  if (from === OWN) return "own";
  return from === GMAIL && tab ? "gmail" : null;
}
