// Calls that make something, each once: an attempt whose answer was lost is repeated under the same key.

import { call } from "./api.js";
import { keepForNow, passing } from "./kept.js";
import { Refusal } from "./refusal.js";

/** @import {Attempt} from "./kept.js" */

const LIFETIME = 10 * 60_000;

/** The keys of this worker's own calls under way: two windows that want the same get two links. @type {Set<string>} */
const underWay = new Set();

/**
 * POST, with an Idempotency-Key that is kept until the outcome is known. Who asks for the same again after an answer
 * was lost (the server gone, the worker stopped) gets what was made then.
 * @param {string} path
 * @param {object} body
 */
export async function make(path, body) {
  const text = `${path} ${JSON.stringify(body)}`;
  const key = await begin(text);
  try {
    const made = await call("POST", path, { body, key });
    await end(key);
    return made;
  } catch (error) {
    if (!isOpen(error)) await end(key);
    throw error;
  } finally {
    underWay.delete(key);
  }
}

/** Whether the server may have done it all the same. @param {unknown} error */
function isOpen(error) {
  return !(error instanceof Refusal) || ["unreachable", "outcome-unknown", "busy"].includes(error.code);
}

/** @param {string} body */
function begin(body) {
  return change((attempts) => {
    const lost = attempts.find((each) => each.body === body && !underWay.has(each.key));
    const key = lost?.key ?? crypto.randomUUID();
    underWay.add(key);
    if (!lost) attempts.push({ body, key, until: Date.now() + LIFETIME });
    return { attempts, result: key };
  });
}

/** @param {string} key */
function end(key) {
  return change((attempts) => ({ attempts: attempts.filter((each) => each.key !== key), result: undefined }));
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Change the list, one change after the other.
 * @template Result
 * @param {(attempts: Attempt[]) => {attempts: Attempt[], result: Result}} apply
 * @returns {Promise<Result>}
 */
function change(apply) {
  const next = last.then(async () => {
    const known = (await passing("attempts")) ?? [];
    const { attempts, result } = apply(known.filter((each) => each.until > Date.now()));
    await keepForNow({ attempts });
    return result;
  });
  last = next.catch(() => undefined);
  return next;
}
