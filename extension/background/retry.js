// Trying again, where it may help and does no harm.

import { Refusal } from "./refusal.js";

const TRIES = 3;
const PAUSE = 500;
const LONGEST_PAUSE = 3000;
const PATIENCE = 10_000;

/**
 * Do something that may be done twice, and again where no answer came or the server is busy. Who waits is told after
 * three tries, or once ten seconds have gone by.
 * @template Result
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function again(act) {
  const until = Date.now() + PATIENCE;
  for (let left = TRIES - 1; ; left--) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const pause = pauseAfter(error);
      const isOver = !left || pause === undefined || Date.now() > until;
      error.isFinal = isOver;
      if (isOver) throw error;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }
}

/** In how many milliseconds trying again may help; undefined: it does not. @param {Refusal} refusal */
function pauseAfter({ code, retryAfter: seconds, isFinal }) {
  if (isFinal) return undefined; // a renewal of tokens, which was tried several times within a call
  if (code === "unreachable") return PAUSE;
  const isBusy = code === "busy" || code === "outcome-unknown";
  return isBusy ? Math.min((seconds ?? 0) * 1000 || PAUSE, LONGEST_PAUSE) : undefined;
}
