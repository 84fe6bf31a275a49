// Signing in: a window in which the server, and through it Google, says who it is (OAuth 2.1 with PKCE).

import { call } from "./api.js";
import { forget, keep, kept } from "./kept.js";
import { challenge, secret } from "./pkce.js";
import { Refusal } from "./refusal.js";
import { describe, server } from "./server.js";
import { signOut } from "./sign_out.js";
import { exchange } from "./token.js";

/** @import {Server} from "./kept.js" */

/** @type {Promise<void> | undefined} */
let under_way;

/**
 * Open the window, and return when it is done. Whoever asks while it is open waits for the same one.
 * @throws {Refusal} `no-server`, `unreachable`, `sign-in-cancelled`, `sign-in-failed`
 */
export async function signIn() {
  under_way ??= signInOnce().finally(() => { under_way = undefined; });
  await under_way;
  return {};
}

async function signInOnce() {
  const at = await describe((await server()).address);
  await keep({ server: at });
  const verifier = secret();
  const state = secret();
  const redirect_uri = chrome.identity.getRedirectURL();
  const url = new URL(at.authorize);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: "admitone-extension",
    redirect_uri,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
    state,
    ...((await kept("asksForAccount")) ? { prompt: "select_account" } : {}),
  }).toString();
  const code = codeOf(await open(url.href, at), state, at);
  await exchange(at, { code, code_verifier: verifier, redirect_uri });
  await keepAccount();
  await forget("asksForAccount");
}

/** @param {string} url @param {Server} at @returns {Promise<string>} the address that the window was led back to */
async function open(url, at) {
  try {
    const back = await chrome.identity.launchWebAuthFlow({ url, interactive: true });
    if (back) return back;
  } catch (error) {
    // Chromium's only way to tell a closed window from a page that did not load is its sentence.
    const didNotLoad = error instanceof Error && /could not be loaded/i.test(error.message);
    if (didNotLoad) throw new Refusal("unreachable", { values: { server: new URL(at.address).host } });
  }
  throw new Refusal("sign-in-cancelled");
}

/**
 * The code, if the answer is to this request (`state`) and from this server (`iss`, RFC 9207).
 * @param {string} back
 * @param {string} state
 * @param {Server} at
 */
function codeOf(back, state, at) {
  const told = new URL(back).searchParams;
  const code = told.get("code");
  if (told.get("state") !== state || told.get("iss") !== at.address || !code) throw new Refusal("sign-in-failed");
  return code;
}

/** Without an account there is no sign-in: half a one could neither be shown nor ended. */
async function keepAccount() {
  try {
    const { id, email, name, workspace } = await call("GET", "/me");
    await keep({ account: { id, email, name, workspace: workspace.name } });
  } catch (error) {
    await signOut();
    throw error;
  }
}
