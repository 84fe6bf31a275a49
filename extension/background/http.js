// HTTP requests to the server.

import { RefusalError, valuesOf } from "./refusal.js";

const TIMEOUT = 15_000; // milliseconds

/**
 * One request, without cookies. A response with any status is returned, except a redirect: the server has no reason
 * to send us elsewhere, and a 307 would take the token in the body along.
 * @param {string} url
 * @param {RequestInit} [init]
 * @throws {RefusalError} `unreachable`
 */
export async function request(url, init) {
  try {
    return await fetch(url, {
      redirect: "error",
      ...init,
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new RefusalError("unreachable", { values: valuesOf(url) });
  }
}

/**
 * The JSON of a response; null if the body is not JSON.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function readJson(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/**
 * The seconds in a response's Retry-After (RFC 9110, section 10.2.3); undefined without one.
 * @param {Response} response
 * @returns {number | undefined}
 */
export function retryAfter(response) {
  const text = response.headers.get("Retry-After");
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
