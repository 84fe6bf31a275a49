// The messages between the parts of the extension: types only. The content script and the extension's pages send
// messages to the service worker; every answer is `{ok: true, …}` or a `Refusal`. No answer contains a token.

/**
 * @typedef {{id: string, name: string, duration_minutes?: number}} EventType
 *
 * @typedef {object} SharedPage
 * @property {string} id
 * @property {string} kind `booking_page` or `master_page`
 * @property {string} title
 * @property {string} url the general link
 * @property {boolean} [general_link] whether the general link is on; the server always says so
 * @property {boolean} one_time whether one-time links can be made for it
 * @property {EventType[]} event_types
 *
 * @typedef {{name: string, email: string}} Person
 *
 * @typedef {object} LinkContent how the server writes what is inserted
 * @property {"link" | "sentence" | "times" | "card"} style
 * @property {string} [label] the text of the link; without it the page's title
 * @property {string[]} [starts] RFC 3339
 * @property {string} [timezone]
 * @property {string} [locale] the recipient's language tag; without it the page's language
 * @property {string} [snippet] stands before it; `{name}` in it is the name of the link's person
 *
 * @typedef {object} NewLink a one-time link to be created; without `expires_in_days` the workspace's setting applies
 * @property {string} page its id
 * @property {string} [event_type]
 * @property {boolean} [skip_form]
 * @property {number | null} [expires_in_days] null: the link never expires
 * @property {"extension"} channel
 * @property {LinkContent} [content]
 *
 * @typedef {{id: string, url: string, html: string, text: string}} Link
 *
 * @typedef {object} WeekCell a free time
 * @property {string} start RFC 3339, UTC
 * @property {string} name its day and time, with the note
 * @property {string} note the same time on the person's own clock, if it differs; and the offset, if clocks show this
 *   time twice on this day
 *
 * @typedef {{column: number, from: number, to: number, name: string, text: string}} BusyBlock `from` and `to` are
 *   counted in rows; `name` is the text with the day
 *
 * @typedef {object} Week some days of the week grid; its texts are ready to be shown
 * @property {string} timezone
 * @property {string} zone its city and offset
 * @property {string} title
 * @property {string} corner what the notes are, if there are any
 * @property {string} [earlier] a day of the days before, if they can have times
 * @property {string} later a day of the days after
 * @property {{name: string, weekday: string, number: string}[]} days
 * @property {{text: string, cells: (WeekCell | null)[]}[]} rows by time of day, with a cell for each day
 * @property {BusyBlock[]} busy when the person is busy
 * @property {string} hint empty, or that no day has free times; `later` is then the next one that has, if it is near
 *
 * @typedef {object} Choices the last choices in a compose window; each may be missing
 * @property {string} [page]
 * @property {string} [event_type]
 * @property {boolean} [one_time]
 * @property {boolean} [personalise]
 * @property {boolean} [show_form]
 * @property {string} [expiry] days as digits, `never`, or empty: the workspace's setting
 * @property {string} [timezone] in which times were last offered
 * @property {string} [style] how a link is inserted: `link`, `sentence` or `card`
 * @property {string} [snippet] the id of a snippet; empty: none
 *
 * @typedef {{id: string, text: string}} Snippet a text that a person wrote in the options, to stand before a link
 *
 * @typedef {object} Remembered what is offered again in a compose window
 * @property {Choices} choices
 * @property {string} text the default text of links; empty: the page's title
 * @property {Record<string, string>} texts the text of links by page, where it is not the default
 * @property {Record<string, string>} languages the language last used for recipients, by their mail domain
 * @property {Snippet[]} snippets
 *
 * @typedef {{page: string, text: string}} Defaults the defaults of the options; `page` is empty if the last page is
 *   offered first, `text` if a link carries its page's title
 *
 * @typedef {object} SentLink
 * @property {string} id
 * @property {string} url
 * @property {string | null} title of its page; null if the page was deleted
 * @property {"active" | "booked" | "revoked" | "expired" | "unavailable"} status
 * @property {Person | null} person
 * @property {string | null} opened_at RFC 3339, as all times here
 * @property {string | null} expires_at
 * @property {{start: string, status: string, person: Person} | null} booking the last one of a booked link
 */

/** @typedef {{kind: "link.revoke", id: string}} RevokeMessage */

/**
 * What the content script in Gmail may send.
 * @typedef {{kind: "pages"}
 *   | ({kind: "link.create", person?: Person} & NewLink)
 *   | ({kind: "link.batch", people: Person[]} & NewLink)
 *   | RevokeMessage
 *   | {kind: "page.content", page: string, event_type?: string, content: LinkContent, sample?: boolean}
 *   | {kind: "week", page: string, event_type: string | null, date: string, length: number, timezone: string}
 *   | {kind: "zones", text: string, timezone: string}
 *   | {kind: "choices.get"}
 *   | {kind: "choices.set", choices: Choices, text?: string, language?: {tag: string, to: string[]}}
 *   | {kind: "sign-in"}
 *   | {kind: "options.open"}} GmailMessage
 */

/**
 * What the options page and the popup may send. `then` is done after signing in.
 * @typedef {{kind: "account"}
 *   | {kind: "server.set", address: string}
 *   | {kind: "sign-in", then?: RevokeMessage}
 *   | {kind: "sign-out"}
 *   | {kind: "defaults.get"}
 *   | ({kind: "defaults.set"} & Defaults)
 *   | {kind: "snippets.set", snippets: Snippet[]}
 *   | {kind: "pages"}
 *   | {kind: "options.open"}
 *   | {kind: "links.newest"}
 *   | RevokeMessage
 *   | {kind: "link.reactivate", id: string}} PageMessage
 */

/**
 * The answers, by the kind of their message. The items of `link.batch` are in the order of its people; `choices.set`
 * replaces the choices that are named; `sign-in` answers when the person is signed in.
 * @typedef {{
 *   "pages": {pages: SharedPage[], account: string},
 *   "link.create": Link,
 *   "link.batch": {items: Link[], html: string, text: string},
 *   "page.content": {url: string, html: string, text: string},
 *   "link.revoke": {},
 *   "link.reactivate": {},
 *   "links.newest": {links: SentLink[], dashboard: string, hasPages: boolean},
 *   "week": Week,
 *   "zones": {zones: {zone: string, name: string}[]},
 *   "choices.get": Remembered,
 *   "choices.set": {},
 *   "defaults.get": Defaults & {snippets: Snippet[]},
 *   "defaults.set": {},
 *   "snippets.set": {},
 *   "account": {server: string | null, account: import("./background/storage.js").Account | null},
 *   "server.set": {server: string},
 *   "sign-in": {},
 *   "sign-out": {},
 *   "options.open": {},
 * }} Answers
 */

/**
 * The answer to a request that was refused or failed. `message` is in the person's language, ready to be shown. Codes
 * of the extension: `signed-out`, `no-server`, `unreachable`, `too-many-requests`, `forbidden`, `no-page`, `not-ours`;
 * the others are the API's. `retry_after` is in seconds.
 * @typedef {{ok: false, code: string, message: string, retry_after?: number}} Refusal
 */

/**
 * From the service worker to the content scripts of a tab: the keyboard command was pressed.
 * @typedef {{kind: "insert.now"}} TabMessage
 */

export {};
