// Messages that create links. They go over a port, so that the worker notices if nobody waits for the answer any more.

import { answerOf } from "./send_message.js";

/** @import {Answers, GmailMessage, Refusal} from "../messages.js" */

/**
 * As `sendMessage`. Sending the message again returns what it created.
 * @template {"link.create" | "link.batch"} Kind
 * @param {Extract<GmailMessage, {kind: Kind}>} message
 * @returns {Promise<({ok: true} & Answers[Kind]) | Refusal>}
 */
export function sendOverPort(message) {
  return answerOf(() => {
    const port = chrome.runtime.connect();
    return new Promise((resolve) => {
      port.onMessage.addListener((answer) => {
        resolve(answer);
        port.disconnect();
      });
      port.onDisconnect.addListener(() => resolve(undefined)); // the worker was stopped first
      port.postMessage(message);
    });
  });
}
