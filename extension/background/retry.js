// Retries, where a retry may help and does no harm.

import { isRetryable, RefusalError } from "./refusal.js";

const TRIES = 3;
const PAUSE = 500; // milliseconds, as all times here
const LONGEST_PAUSE = 3000;
const PATIENCE = 10_000;

/**
 * Run an action that may run twice, and retry it if no answer came or the server is busy. The error is thrown after
 * three tries, or once ten seconds have passed.
 * @template Result
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result>}
 * @throws {RefusalError}
 */
export async function retry(act) {
  const until = Date.now() + PATIENCE;
  for (let left = TRIES - 1; ; left--) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      const pause = pauseAfter(error);
      const isOver = !left || pause === undefined || Date.now() > until;
      error.isFinal = isOver;
      if (isOver) throw error;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }
}

/** The milliseconds to wait before a retry; undefined if a retry does not help. @param {RefusalError} error */
function pauseAfter({ code, retryAfter: seconds, isFinal }) {
  if (isFinal) return undefined; // a token renewal inside this call was already retried
  if (!isRetryable(code)) return undefined;
  if (code === "unreachable") return PAUSE;
  return Math.min((seconds ?? 0) * 1000 || PAUSE, LONGEST_PAUSE);
}
