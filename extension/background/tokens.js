// The tokens: a short one that calls the API, and one that gets the next ones. They are known in the worker only.

import { again } from "./again.js";
import { json, request, retryAfter } from "./http.js";
import { forgetSignIn, keep, keepForNow, kept, passing } from "./kept.js";
import { Refusal } from "./refusal.js";
import { server } from "./server.js";

/** @import {Server} from "./kept.js" */

const CLIENT = "admitone-extension";
const MARGIN = 30_000; // a token that ends while its call is on the way would be refused

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
 * Exchange the code of a sign-in for the first tokens. Once only: a code that comes twice ends what it began.
 * @param {Server} at
 * @param {{code: string, code_verifier: string, redirect_uri: string}} proof
 * @throws {Refusal} `sign-in-failed`, `unreachable`, …
 */
export async function exchange(at, proof) {
  const body = new URLSearchParams({ client_id: CLIENT, grant_type: "authorization_code", ...proof });
  try {
    await keepTokens(await granted(await request(at.token, { method: "POST", body }), at));
  } catch (error) {
    const isRefused = error instanceof Refusal && error.code === "invalid_grant";
    throw isRefused ? new Refusal("sign-in-failed") : error;
  }
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
    const tokens = await refresh(at, refreshToken);
    if ((await kept("refreshToken")) !== refreshToken) throw new Refusal("signed-out"); // by the person, meanwhile
    return await keepTokens(tokens);
  } catch (error) {
    const isOver = error instanceof Refusal && error.code === "invalid_grant";
    if (!isOver) throw error;
    if ((await kept("refreshToken")) === refreshToken) await forgetSignIn();
    throw new Refusal("signed-out");
  }
}

/**
 * Turn a refresh token in, and again where no answer came: the server gives the same ones.
 * @param {Server} at
 * @param {string} refreshToken
 */
function refresh(at, refreshToken) {
  const form = { client_id: CLIENT, grant_type: "refresh_token", refresh_token: refreshToken };
  return again(async () => granted(await request(at.token, { method: "POST", body: new URLSearchParams(form) }), at));
}

/**
 * @param {Response} response
 * @param {Server} at
 * @returns {Promise<{access_token: string, refresh_token: string, expires_in: number}>}
 */
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
