// Questions to the service worker. Whatever goes wrong is an answer too: nothing is thrown into the page.

import { say } from "./say.js";

/** @typedef {import("../messages.js").Question} Question */
/** @typedef {import("../messages.js").Answers} Answers */
/** @typedef {import("../messages.js").Refusal} Refusal */

/** What makes something: the worker learns from the line that is open whether anybody still waits for it. */
const MAKES = ["link.create", "link.batch"];

/**
 * @template {Question["kind"]} Kind
 * @param {Extract<Question, {kind: Kind}>} question
 * @returns {Promise<({ok: true} & Answers[Kind]) | Refusal>}
 */
export async function ask(question) {
  try {
    const answer = await (MAKES.includes(question.kind) ? overLine(question) : chrome.runtime.sendMessage(question));
    if (answer) return answer;
  } catch {
    // Below: the worker cannot be reached, or this page still runs what an update replaced.
  }
  const isReplaced = !chrome.runtime?.id;
  return { ok: false, code: "no-answer", message: say(isReplaced ? "replaced" : "noAnswer") };
}

/**
 * The answer, or nothing where the worker was stopped first: asking again gets what it made.
 * @param {Question} question
 * @returns {Promise<any>}
 */
function overLine(question) {
  const line = chrome.runtime.connect();
  return new Promise((resolve) => {
    line.onMessage.addListener((answer) => {
      resolve(answer);
      line.disconnect();
    });
    line.onDisconnect.addListener(() => resolve(undefined));
    line.postMessage(question);
  });
}
