// The tokens: a short one that calls the API, and one that gets the next ones. They are known in the worker only.

import { json, request, retryAfter } from "./http.js";
import { forgetSignIn, keep, keepForNow, kept, passing } from "./kept.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";

/** @import {Server} from "./kept.js" */

const CLIENT = "admitone-extension";
const MARGIN = 30_000; // a token that ends while its call is on the way would be refused
const TRIES = 3;
const PAUSE = 500;

/** @type {Promise<string> | undefined} */
let renewal;

/**
 * A token that is good for now. `refused` is one that the server took no more, whatever its time says.
 * @param {string} [refused]
 * @throws {Refusal} `signed-out`, `no-server`, `unreachable`, …
 */
export async function accessToken(refused) {
  const current = await passing("accessToken");
  if (current && current.token !== refused && current.until - MARGIN > Date.now()) return current.token;
  // One renewal at a time: a second one would turn in a token that the first one has just used up.
  renewal ??= renew().finally(() => { renewal = undefined; });
  return renewal;
}

/**
 * Exchange the code of a sign-in for the first tokens.
 * @param {Server} at
 * @param {{code: string, code_verifier: string, redirect_uri: string}} proof
 */
export async function exchange(at, proof) {
  return keepTokens(await grant(at, { grant_type: "authorization_code", ...proof }));
}

/** End the family of a token, on the server. @param {string} token */
export async function revoke(token) {
  const { revoke: url } = await server();
  await request(url, { method: "POST", body: new URLSearchParams({ client_id: CLIENT, token }) });
}

/**
 * A worker that is stopped before it kept the answer turns the same token in again: the server answers it with the
 * same successor for a minute.
 */
async function renew() {
  const at = await server();
  const refreshToken = await kept("refreshToken");
  if (!refreshToken) throw new Refusal("signed-out");
  try {
    const granted = await grant(at, { grant_type: "refresh_token", refresh_token: refreshToken });
    if ((await kept("refreshToken")) !== refreshToken) throw new Refusal("signed-out"); // by the person, meanwhile
    return await keepTokens(granted);
  } catch (error) {
    const isOver = error instanceof Refusal && error.code === "invalid_grant";
    if (!isOver) throw error;
    if ((await kept("refreshToken")) === refreshToken) await forgetSignIn();
    throw new Refusal("signed-out");
  }
}

/**
 * Ask for tokens, and again where no answer came: the server gives the same ones.
 * @param {Server} at
 * @param {Record<string, string>} form
 * @returns {Promise<{access_token: string, refresh_token: string, expires_in: number}>}
 */
async function grant(at, form) {
  const body = new URLSearchParams({ client_id: CLIENT, ...form });
  for (let left = TRIES - 1; ; left--) {
    try {
      return await granted(await request(at.token, { method: "POST", body }), at);
    } catch (error) {
      if (!left || !(error instanceof Refusal) || error.code !== "unreachable") throw error;
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
  }
}

/** @param {Response} response @param {Server} at */
async function granted(response, at) {
  const answer = await json(response);
  if (response.ok && answer?.access_token && answer.refresh_token) return answer;
  if (response.status === 429) throw new Refusal("too-many-requests", { retryAfter: retryAfter(response) });
  if (answer?.error) throw new Refusal(answer.error);
  throw new Refusal("unreachable", { values: { server: new URL(at.address).host } });
}

/** @param {{access_token: string, refresh_token: string, expires_in: number}} tokens */
async function keepTokens({ access_token: token, refresh_token: refreshToken, expires_in: seconds }) {
  await keep({ refreshToken });
  await keepForNow({ accessToken: { token, until: Date.now() + seconds * 1000 } });
  return token;
}
