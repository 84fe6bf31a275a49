// Questions to the service worker. Whatever goes wrong is an answer too: nothing is thrown into the page.

import { say } from "./say.js";

/** @typedef {import("../messages.js").Question} Question */
/** @typedef {import("../messages.js").Answers} Answers */
/** @typedef {import("../messages.js").Refusal} Refusal */

/**
 * @template {Question["kind"]} Kind
 * @param {Extract<Question, {kind: Kind}>} question
 * @returns {Promise<({ok: true} & Answers[Kind]) | Refusal>}
 */
export async function ask(question) {
  try {
    const answer = await chrome.runtime.sendMessage(question);
    if (answer) return answer;
  } catch {
    // Below: the worker cannot be reached, or this page still runs what an update replaced.
  }
  const isReplaced = !chrome.runtime?.id;
  return { ok: false, code: "no-answer", message: say(isReplaced ? "replaced" : "noAnswer") };
}
