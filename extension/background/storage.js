// The extension's storage. The browser may stop the worker at any time, so its variables hold nothing that must last.

/** @import {Choices, Snippet} from "../messages.js" */
/** @import {RecentValues} from "./recent_values.js" */

/**
 * @typedef {object} Server an Admit One server, from its metadata (RFC 8414); its endpoints are under `address`
 * @property {string} address such as `https://book.example.com`
 * @property {string} authorize
 * @property {string} token
 * @property {string} revoke
 */

/** @typedef {{id: string, email: string, name: string, workspace: string}} Account the signed-in account */

/**
 * @typedef {object} LocalValues stays when the browser is closed; on this device only
 * @property {Server} server
 * @property {Account} account
 * @property {string} refreshToken
 * @property {boolean} asksForAccount whether the next sign-in asks which Google account to use: set by signing out
 * @property {Choices} choices the last choices made in a compose window
 * @property {RecentValues} linkTexts the text of links by page
 * @property {RecentValues} languages the language of what was inserted, by the recipients' mail domain
 * @property {Snippet[]} snippets
 * @property {string} defaultText the text of links to pages without a text of their own; empty: the page's title
 * @property {string} defaultPage the id of the page that is offered first; empty: the page of the last choices
 */

/** @typedef {{token: string, until: number}} AccessToken `until` is in epoch milliseconds */
/**
 * @typedef {{body: string, key: string, until: number}} Attempt a POST whose outcome is not known yet;
 * `key` is its Idempotency-Key, `until` is in epoch milliseconds
 */

/**
 * @typedef {object} SessionValues is gone when the browser is closed
 * @property {AccessToken} accessToken
 * @property {Attempt[]} attempts
 */

// Without this, content scripts can read storage.local. Firefox does not have this call.
const locked = chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

/**
 * @template {keyof LocalValues} Name
 * @param {Name} name
 * @returns {Promise<LocalValues[Name] | undefined>}
 */
export async function readLocal(name) {
  return /** @type {Partial<LocalValues>} */ (await chrome.storage.local.get(name))[name];
}

/** @param {Partial<LocalValues>} values */
export async function writeLocal(values) {
  await locked;
  await chrome.storage.local.set(values);
}

/** @param {(keyof LocalValues)[]} names */
export async function removeLocal(...names) {
  await chrome.storage.local.remove(names);
}

/**
 * @template {keyof SessionValues} Name
 * @param {Name} name
 * @returns {Promise<SessionValues[Name] | undefined>}
 */
export async function readSession(name) {
  return /** @type {Partial<SessionValues>} */ (await chrome.storage.session.get(name))[name];
}

/** @param {Partial<SessionValues>} values */
export async function writeSession(values) {
  await chrome.storage.session.set(values);
}

/** Remove everything that belongs to the sign-in. */
export async function forgetSignIn() {
  await chrome.storage.session.remove(["accessToken", "attempts"]);
  await removeLocal("refreshToken", "account");
}
