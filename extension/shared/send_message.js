// Messages from the extension's own pages to the service worker.

/** @import {Answers, PageMessage, Refusal} from "../messages.js" */

/**
 * Send a message and return the answer. The browser starts the worker for it.
 * @template {PageMessage} Sent
 * @param {Sent} message
 * @returns {Promise<({ok: true} & Answers[Sent["kind"]]) | Refusal>}
 */
export function sendMessage(message) {
  return chrome.runtime.sendMessage(message);
}
