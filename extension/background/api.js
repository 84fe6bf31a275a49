// Calls of the server's API, as whoever is signed in.

import { again } from "./again.js";
import { json, request, retryAfter } from "./http.js";
import { forgetSignIn } from "./kept.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";
import { accessToken } from "./token.js";

/**
 * @typedef {object} More
 * @property {unknown} [body] as JSON
 * @property {Record<string, string>} [query]
 * @property {string} [key] the Idempotency-Key
 * @property {boolean} [isOpen] whether the call takes no credential
 */

/**
 * One call. It is sent again where no answer came or the server is busy: reading twice is no harm, and what writes
 * has an Idempotency-Key or comes to the same.
 * @param {"GET" | "POST"} method
 * @param {string} path after `/api/v1`
 * @param {More} [more]
 * @returns {Promise<any>} what the answer's JSON says
 * @throws {Refusal}
 */
export function call(method, path, more = {}) {
  return again(() => callOnce(method, path, more));
}

/** @param {string} method @param {string} path @param {More} more */
async function callOnce(method, path, more) {
  const { address } = await server();
  const url = new URL(`${address}/api/v1${path}`);
  url.search = new URLSearchParams(more.query ?? {}).toString();
  const token = more.isOpen ? undefined : await accessToken();
  let response = await send(url, method, more, token);
  if (response.status === 401 && token) {
    response = await send(url, method, more, await accessToken(token));
    if (response.status === 401) await forgetSignIn();
  }
  return read(response, url);
}

/** @param {URL} url @param {string} method @param {More} more @param {string | undefined} token */
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
  const answer = await json(response);
  if (response.ok && answer !== null) return answer;
  throw new Refusal(code(response, answer), { retryAfter: retryAfter(response), values: { server: url.host } });
}

/** The refusal's code: the problem document's (RFC 9457), or what the status means. @param {Response} response */
function code({ status }, /** @type {any} */ problem) {
  if (status === 401) return "signed-out";
  if (status === 422 && problem?.errors?.some((/** @type {any} */ error) => error.field === "page")) return "page-gone";
  const named = /^\/problems\/([a-z-]+)$/.exec(problem?.type)?.[1];
  if (named) return named;
  if (status === 403) return "forbidden";
  if (status === 429) return "too-many-requests";
  return "unreachable";
}
