// Calls that create something, each once: a call whose answer was lost is repeated with the same Idempotency-Key.

import { call } from "./api.js";
import { isRetryable, RefusalError } from "./refusal.js";
import { readSession, writeSession } from "./storage.js";

/** @import {Attempt} from "./storage.js" */

const LIFETIME = 10 * 60_000; // milliseconds

/**
 * Keys of this worker's calls that still run: two windows that send the same body get two links.
 * @type {Set<string>}
 */
const running = new Set();

/**
 * POST with an Idempotency-Key, which is stored until the outcome is known. If the answer was lost (no connection,
 * the worker stopped), the next call with the same body uses the same key and gets the same result.
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>} the JSON of the answer
 * @throws {RefusalError} those of `call`
 */
export async function postOnce(path, body) {
  const text = `${path} ${JSON.stringify(body)}`;
  const key = await beginAttempt(text);
  try {
    const created = await call("POST", path, { body, key });
    await endAttempt(key);
    return created;
  } catch (error) {
    if (!isOutcomeUnknown(error)) await endAttempt(key);
    throw error;
  } finally {
    running.delete(key);
  }
}

/** Whether the server may have done the work although the call failed. @param {unknown} error */
function isOutcomeUnknown(error) {
  return !(error instanceof RefusalError) || isRetryable(error.code);
}

/** @param {string} body @returns {Promise<string>} the key: of the lost attempt with this body, or a new one */
function beginAttempt(body) {
  return change((attempts) => {
    const lost = attempts.find((each) => each.body === body && !running.has(each.key));
    const key = lost?.key ?? crypto.randomUUID();
    running.add(key);
    if (!lost) attempts.push({ body, key, until: Date.now() + LIFETIME });
    return { attempts, result: key };
  });
}

/** @param {string} key */
function endAttempt(key) {
  return change((attempts) => ({ attempts: attempts.filter((each) => each.key !== key), result: undefined }));
}

/** @type {Promise<unknown>} */
let lastChange = Promise.resolve();

/**
 * Change the stored attempts. Changes run one after the other, because each reads and then writes the list.
 * @template Result
 * @param {(attempts: Attempt[]) => {attempts: Attempt[], result: Result}} apply
 * @returns {Promise<Result>}
 */
function change(apply) {
  const next = lastChange.then(async () => {
    const known = (await readSession("attempts")) ?? [];
    const { attempts, result } = apply(known.filter((each) => each.until > Date.now()));
    await writeSession({ attempts });
    return result;
  });
  lastChange = next.catch(() => undefined);
  return next;
}
