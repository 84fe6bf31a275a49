// What the content script and the service worker say to each other: types only. The content script never sees a
// token. It asks with `chrome.runtime.sendMessage(question)`; every answer is `{ok: true, …}` or a `Refusal`.

/**
 * @typedef {{id: string, name: string, duration_minutes?: number}} EventType
 *
 * @typedef {object} SharedPage
 * @property {string} id
 * @property {string} kind `booking_page` or `master_page`
 * @property {string} title
 * @property {string} url the general link
 * @property {boolean} [general_link] whether the general link is on; the server says so
 * @property {boolean} one_time whether one-time links can be made for it
 * @property {EventType[]} event_types
 *
 * @typedef {{name: string, email: string}} Person
 *
 * @typedef {object} LinkWish what a new one-time link shall be; `expires_in_days` absent: the workspace's setting
 * @property {string} page
 * @property {string} [event_type]
 * @property {boolean} [skip_form]
 * @property {number | null} [expires_in_days]
 * @property {"extension"} channel
 *
 * @typedef {{id: string, url: string, html: string, text: string}} Link
 * @typedef {{start: string, end: string}} Slot RFC 3339, UTC
 * @typedef {{date: string, slots: Slot[]}} Day
 *
 * @typedef {object} Choices what was chosen last; all of it may be missing
 * @property {string} [page]
 * @property {string} [event_type]
 * @property {boolean} [one_time]
 * @property {boolean} [personalise]
 * @property {boolean} [show_form]
 * @property {string} [expiry] days as digits, `never`, or empty: the workspace's setting
 * @property {string} [text] the link's text; empty: the page's title
 * @property {string} [timezone] in which times were offered last
 */

/**
 * @typedef {{kind: "pages"}
 *   | ({kind: "link.create", person?: Person} & LinkWish)
 *   | ({kind: "link.batch", people: Person[]} & LinkWish)
 *   | {kind: "link.revoke", id: string}
 *   | {kind: "slots", url: string, event_type?: string, from: string, to: string, timezone: string}
 *   | {kind: "choices.get"}
 *   | {kind: "choices.set", choices: Choices}
 *   | {kind: "sign-in"}
 *   | {kind: "options.open"}} Question
 */

/**
 * The answers, by the kind of their question. `link.batch` goes in the order of its people; `choices.set` replaces
 * what is named and keeps the rest; `sign-in` answers once it is done.
 * @typedef {{
 *   "pages": {pages: SharedPage[], account: string},
 *   "link.create": Link,
 *   "link.batch": {items: Link[]},
 *   "link.revoke": {},
 *   "slots": {timezone: string, days: Day[]},
 *   "choices.get": {choices: Choices},
 *   "choices.set": {},
 *   "sign-in": {},
 *   "options.open": {},
 * }} Answers
 */

/**
 * A question that was not granted. `message` is in the person's language, ready to be shown. Codes of our own:
 * `signed-out`, `no-server`, `unreachable`, `too-many-requests`, `forbidden`, `no-page`, `policy`; others are the
 * API's. `retry_after` is in seconds.
 * @typedef {{ok: false, code: string, message: string, retry_after?: number}} Refusal
 */

/**
 * From the service worker to the content scripts of a tab: the keyboard command.
 * @typedef {{kind: "insert.now"}} Order
 */

export {};
