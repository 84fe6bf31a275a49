// Messages from the content script to the service worker. Failures become answers too: nothing is thrown into the page.

import { isReplaced, replaced } from "./lazy.js";
import { translate } from "../texts/gmail/translate.js";

/** @import {Answers, GmailMessage, Refusal} from "../messages.js" */

/** Messages that create links go over a port, so that the worker notices if nobody waits for the answer any more. */
const OVER_PORT = ["link.create", "link.batch"];

/**
 * @template {GmailMessage["kind"]} Kind
 * @param {Extract<GmailMessage, {kind: Kind}>} message
 * @returns {Promise<({ok: true} & Answers[Kind]) | Refusal>}
 */
export async function sendMessage(message) {
  try {
    const isOverPort = OVER_PORT.includes(message.kind);
    const answer = await (isOverPort ? sendOverPort(message) : chrome.runtime.sendMessage(message));
    if (answer) return answer;
  } catch {
    // Answered below: the worker cannot be reached, or this script belongs to a version that was replaced.
  }
  return isReplaced() ? replaced() : { ok: false, code: "no-answer", message: translate("noAnswer") };
}

/**
 * The answer; undefined if the worker was stopped first. Sending the message again returns what it created.
 * @param {GmailMessage} message
 * @returns {Promise<any>}
 */
function sendOverPort(message) {
  const port = chrome.runtime.connect();
  return new Promise((resolve) => {
    port.onMessage.addListener((answer) => {
      resolve(answer);
      port.disconnect();
    });
    port.onDisconnect.addListener(() => resolve(undefined));
    port.postMessage(message);
  });
}
