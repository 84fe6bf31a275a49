// The tokens: a short-lived access token, which authorises calls of the API, and a refresh token, which gets the next
// pair. Only the worker knows them.

import { readJson, request, retryAfter } from "./http.js";
import { RefusalError, valuesOf } from "./refusal.js";
import { retry } from "./retry.js";
import { currentServer } from "./server.js";
import { forgetSignIn, readLocal, readSession, writeLocal, writeSession } from "./storage.js";

/** @import {Server} from "./storage.js" */
/** @typedef {{access_token: string, refresh_token: string, expires_in: number}} TokenResponse times are in seconds */

export const CLIENT_ID = "admitone-extension";
const MARGIN = 30_000; // milliseconds: a token that expires on the way to the server would be refused

/** @type {Promise<string> | undefined} */
let renewal;

/**
 * An access token that has not expired. `refused` is a token that the server has just refused, whatever its expiry.
 * @param {string} [refused]
 * @throws {RefusalError} `signed-out`, `no-server`, `unreachable`, …
 */
export async function accessToken(refused) {
  const current = await readSession("accessToken");
  if (current && current.token !== refused && current.until - MARGIN > Date.now()) return current.token;
  // One renewal at a time: a second one would send a refresh token that the first one has just used up.
  renewal ??= renew().finally(() => { renewal = undefined; });
  return renewal;
}

/**
 * Exchange the code of a sign-in for the first tokens. Never retried: a code that comes twice revokes its tokens.
 * @param {Server} server
 * @param {{code: string, code_verifier: string, redirect_uri: string}} proof
 * @throws {RefusalError} `sign-in-failed`, `unreachable`, …
 */
export async function exchangeCode(server, proof) {
  try {
    await storeTokens(await requestTokens(server, { grant_type: "authorization_code", ...proof }));
  } catch (error) {
    throw isInvalidGrant(error) ? new RefusalError("sign-in-failed") : error;
  }
}

/** Revoke a token and its family on the server. @param {string} token @throws {RefusalError} `unreachable` */
export async function revokeToken(token) {
  await postForm((await currentServer()).revoke, { token });
}

/**
 * Get new tokens. If the worker is stopped before it stores them, the next renewal sends the same refresh token: for
 * a minute, the server answers it with the same tokens.
 */
async function renew() {
  const server = await currentServer();
  const refreshToken = await readLocal("refreshToken");
  if (!refreshToken) throw new RefusalError("signed-out");
  try {
    const tokens = await retry(() =>
      requestTokens(server, { grant_type: "refresh_token", refresh_token: refreshToken }),
    );
    // The person may have signed out in the meantime.
    if ((await readLocal("refreshToken")) !== refreshToken) throw new RefusalError("signed-out");
    return await storeTokens(tokens);
  } catch (error) {
    if (!isInvalidGrant(error)) throw error;
    if ((await readLocal("refreshToken")) === refreshToken) await forgetSignIn();
    throw new RefusalError("signed-out");
  }
}

/** @param {unknown} error */
function isInvalidGrant(error) {
  return error instanceof RefusalError && error.code === "invalid_grant";
}

/**
 * @param {Server} server
 * @param {Record<string, string>} form
 * @returns {Promise<TokenResponse>}
 * @throws {RefusalError} with the code of the OAuth error, `too-many-requests`, `unreachable`
 */
async function requestTokens(server, form) {
  const response = await postForm(server.token, form);
  const answer = await readJson(response);
  if (response.ok && answer?.access_token && answer.refresh_token) return answer;
  if (response.status === 429) throw new RefusalError("too-many-requests", { retryAfter: retryAfter(response) });
  if (answer?.error) throw new RefusalError(answer.error);
  throw new RefusalError("unreachable", { values: valuesOf(server.address) });
}

/** @param {string} url @param {Record<string, string>} form */
function postForm(url, form) {
  return request(url, { method: "POST", body: new URLSearchParams({ client_id: CLIENT_ID, ...form }) });
}

/** @param {TokenResponse} tokens @returns {Promise<string>} the access token */
async function storeTokens({ access_token: token, refresh_token: refreshToken, expires_in: seconds }) {
  await writeLocal({ refreshToken });
  await writeSession({ accessToken: { token, until: Date.now() + seconds * 1000 } });
  return token;
}
