// Requests to the server, and what may come of them other than an answer.

import { Refusal } from "./refusal.js";

const TIMEOUT = 15_000;

/**
 * One request, without cookies. Any status is an answer.
 * @param {string} url
 * @param {RequestInit} [init]
 * @throws {Refusal} `unreachable`
 */
export async function request(url, init) {
  try {
    return await fetch(url, {
      ...init,
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new Refusal("unreachable", { values: { server: new URL(url).host } });
  }
}

/**
 * What the JSON of an answer says; null where the body is something else.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function json(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/**
 * The seconds that an answer asks to wait (RFC 9110, section 10.2.3).
 * @param {Response} response
 * @returns {number | undefined}
 */
export function retryAfter(response) {
  const text = response.headers.get("Retry-After");
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
