// What is kept in the browser. A worker is stopped at any time, so that nothing that matters is in its variables.

/** @import {Choices} from "../messages.js" */

/**
 * @typedef {object} Server an Admit One server, as its metadata describe it (RFC 8414); all addresses are its own
 * @property {string} address such as `https://book.example.com`
 * @property {string} authorize
 * @property {string} token
 * @property {string} revoke
 */

/** @typedef {{id: string, email: string, name: string, workspace: string}} Account whoever is signed in */

/**
 * @typedef {object} Kept what outlives the browser's window, on this device only
 * @property {Server} server
 * @property {Account} account
 * @property {string} refreshToken
 * @property {boolean} asksForAccount whether the next sign-in lets one choose: after signing out, it does
 * @property {Choices} choices what was chosen last in a compose window
 * @property {string} defaultPage the page that is offered first whatever was chosen last
 */

/** @typedef {{token: string, until: number}} AccessToken `until` is in epoch milliseconds */
/** @typedef {{body: string, key: string, until: number}} Attempt a call whose outcome is not known yet */

/**
 * @typedef {object} Passing what is gone when the browser is closed
 * @property {AccessToken} accessToken
 * @property {Attempt[]} attempts
 */

// Content scripts can read storage.local otherwise. Firefox knows no such lock.
const locked = chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

/**
 * @template {keyof Kept} Name
 * @param {Name} name
 * @returns {Promise<Kept[Name] | undefined>}
 */
export async function kept(name) {
  return /** @type {Partial<Kept>} */ (await chrome.storage.local.get(name))[name];
}

/** @param {Partial<Kept>} values */
export async function keep(values) {
  await locked;
  await chrome.storage.local.set(values);
}

/** @param {(keyof Kept)[]} names */
export async function forget(...names) {
  await chrome.storage.local.remove(names);
}

/**
 * @template {keyof Passing} Name
 * @param {Name} name
 * @returns {Promise<Passing[Name] | undefined>}
 */
export async function passing(name) {
  return /** @type {Partial<Passing>} */ (await chrome.storage.session.get(name))[name];
}

/** @param {Partial<Passing>} values */
export async function keepForNow(values) {
  await chrome.storage.session.set(values);
}

/** Everything that belongs to one sign-in. */
export async function forgetSignIn() {
  await chrome.storage.session.remove(["accessToken", "attempts"]);
  await forget("refreshToken", "account");
}
