// Calls of the server's API with the access token of the signed-in account.

import { readJson, request, retryAfter } from "./http.js";
import { RefusalError, valuesOf } from "./refusal.js";
import { retry } from "./retry.js";
import { checkFit, currentServer } from "./server.js";
import { forgetSignIn } from "./storage.js";
import { accessToken } from "./tokens.js";

/** The answers to a call or a field that another version of the server does not know. */
const MISFITS = [404, 405, 422];

/**
 * @typedef {object} CallOptions
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [query]
 * @property {string} [key] the Idempotency-Key
 * @property {boolean} [isOpen] whether the call takes no credential
 */

/**
 * One call. It is retried if no answer came or the server is busy: a repeated read does no harm, and a write either
 * has an Idempotency-Key or has the same result twice.
 * @param {"GET" | "POST"} method
 * @param {string} path after `/api/v1`
 * @param {CallOptions} [options]
 * @returns {Promise<any>} the JSON of the answer
 * @throws {RefusalError}
 */
export function call(method, path, options = {}) {
  return retry(() => callOnce(method, path, options));
}

/** @param {string} method @param {string} path @param {CallOptions} options */
async function callOnce(method, path, options) {
  const { address } = await currentServer();
  const url = new URL(`${address}/api/v1${path}`);
  url.search = new URLSearchParams(options.query ?? {}).toString();
  const token = options.isOpen ? undefined : await accessToken();
  let response = await send(url, method, options, token);
  if (response.status === 401 && token) {
    response = await send(url, method, options, await accessToken(token));
    if (response.status === 401) await forgetSignIn();
  }
  return read(response, url);
}

/** @param {URL} url @param {string} method @param {CallOptions} options @param {string | undefined} token */
function send(url, method, { body, key }, token) {
  const headers = new Headers();
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (key) headers.set("Idempotency-Key", key);
  if (method === "GET") return request(url.href, { method, headers });
  headers.set("Content-Type", "application/json");
  return request(url.href, { method, headers, body: JSON.stringify(body ?? {}) });
}

/** @param {Response} response @param {URL} url @returns {Promise<any>} */
async function read(response, url) {
  const answer = await readJson(response);
  if (response.ok && answer !== null) return answer;
  if (MISFITS.includes(response.status)) await checkFit(url.origin);
  throw new RefusalError(codeOf(response, answer), { retryAfter: retryAfter(response), values: valuesOf(url) });
}

/**
 * The code in the problem document (RFC 9457), or a code that follows from the status.
 * @param {Response} response
 * @param {any} problem
 * @returns {string}
 */
function codeOf({ status }, problem) {
  if (status === 401) return "signed-out";
  if (status === 422 && problem?.errors?.some((/** @type {any} */ error) => error.field === "page")) return "page-gone";
  const named = /^\/problems\/([a-z-]+)$/.exec(problem?.type)?.[1];
  if (named) return named;
  if (status === 403) return "forbidden";
  if (status === 429) return "too-many-requests";
  return "unreachable";
}
