// Signing in: OAuth 2.1 with PKCE in a window, where the person signs in to the server with Google.

import { call } from "./api.js";
import { challenge, secret } from "./pkce.js";
import { RefusalError, valuesOf } from "./refusal.js";
import { managedServer } from "./managed_server.js";
import { currentServer, discoverServer } from "./server.js";
import { signOut } from "./sign_out.js";
import { readLocal, removeLocal, writeLocal } from "./storage.js";
import { CLIENT_ID, exchangeCode } from "./tokens.js";

/** @import {Server} from "./storage.js" */

/** @type {Promise<void> | undefined} */
let signInUnderWay;

/**
 * Open the window, and return when the person is signed in. A second call while the window is open waits for the
 * same sign-in.
 * @throws {RefusalError} `no-server`, `unreachable`, `sign-in-cancelled`, `sign-in-failed`
 */
export async function signIn() {
  signInUnderWay ??= signInOnce().finally(() => { signInUnderWay = undefined; });
  await signInUnderWay;
  return {};
}

async function signInOnce() {
  const server = await discoverServer((await managedServer()) ?? (await currentServer()).address);
  await writeLocal({ server });
  const verifier = secret();
  const state = secret();
  const redirect_uri = chrome.identity.getRedirectURL();
  const url = new URL(server.authorize);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
    state,
    ...((await readLocal("asksForAccount")) ? { prompt: "select_account" } : {}),
  }).toString();
  const code = codeFrom(await openWindow(url.href, server), state, server);
  await exchangeCode(server, { code, code_verifier: verifier, redirect_uri });
  await storeAccount();
  await removeLocal("asksForAccount");
}

/**
 * @param {string} url
 * @param {Server} server
 * @returns {Promise<string>} the address that the window is redirected to
 */
async function openWindow(url, server) {
  try {
    const redirected = await chrome.identity.launchWebAuthFlow({ url, interactive: true });
    if (redirected) return redirected;
  } catch (error) {
    // Only Chromium's message tells a window that was closed from a page that did not load.
    const didNotLoad = error instanceof Error && /could not be loaded/i.test(error.message);
    if (didNotLoad) throw new RefusalError("unreachable", { values: valuesOf(server.address) });
  }
  throw new RefusalError("sign-in-cancelled");
}

/**
 * The code, if the answer belongs to this request (`state`) and comes from this server (`iss`, RFC 9207).
 * @param {string} redirected
 * @param {string} state
 * @param {Server} server
 * @throws {RefusalError} `sign-in-cancelled`, `sign-in-failed`
 */
function codeFrom(redirected, state, server) {
  const answer = new URL(redirected).searchParams;
  const code = answer.get("code");
  const isOurs = answer.get("state") === state && answer.get("iss") === server.address;
  if (isOurs && answer.get("error") === "access_denied") throw new RefusalError("sign-in-cancelled");
  if (!isOurs || !code) throw new RefusalError("sign-in-failed");
  return code;
}

/** Store the account. If it cannot be read, sign out: tokens without an account could neither be shown nor ended. */
async function storeAccount() {
  try {
    const { id, email, name, workspace } = await call("GET", "/me");
    await writeLocal({ account: { id, email, name, workspace: workspace.name } });
  } catch (error) {
    await signOut();
    throw error;
  }
}
