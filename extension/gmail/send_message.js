// Messages from the content script to the service worker. Failures become answers too: nothing is thrown into the page.

import { replaced } from "./lazy.js";
import { translate } from "../texts/gmail/translate.js";

/** @import {Answers, GmailMessage, Refusal} from "../messages.js" */

/**
 * @template {GmailMessage["kind"]} Kind
 * @param {Extract<GmailMessage, {kind: Kind}>} message
 * @returns {Promise<({ok: true} & Answers[Kind]) | Refusal>}
 */
export function sendMessage(message) {
  return answerOf(() => chrome.runtime.sendMessage(message));
}

/**
 * The answer of the worker, or why there is none: it cannot be reached, or this script belongs to a version that was
 * replaced.
 * @param {() => Promise<any>} send answers undefined if the worker was stopped
 */
export async function answerOf(send) {
  try {
    const answer = await send();
    if (answer) return answer;
  } catch {
    // Answered below.
  }
  return chrome.runtime?.id ? { ok: false, code: "no-answer", message: translate("noAnswer") } : replaced();
}
