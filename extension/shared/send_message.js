// How our own pages ask the worker.

/** @import {Refusal, SharedPage} from "../messages.js" */
/** @import {Account} from "../background/kept.js" */
/** @import {SentLink} from "../background/link_list.js" */

/**
 * @typedef {{kind: "account"} | {kind: "server.set", address: string}
 *   | {kind: "sign-in", then?: {kind: "link.revoke", id: string}} | {kind: "sign-out"}
 *   | {kind: "defaults.get"} | ({kind: "defaults.set"} & Defaults) | {kind: "pages"} | {kind: "options.open"}
 *   | {kind: "links.newest"} | {kind: "link.revoke", id: string} | {kind: "link.reactivate", id: string}} Question
 *
 * @typedef {{page: string, text: string}} Defaults
 *
 * @typedef {{
 *   "account": {server: string | null, account: Account | null},
 *   "server.set": {server: string},
 *   "sign-in": object,
 *   "sign-out": object,
 *   "defaults.get": Defaults,
 *   "defaults.set": object,
 *   "pages": {pages: SharedPage[], account: string},
 *   "options.open": object,
 *   "links.newest": {links: SentLink[], dashboard: string, hasPages: boolean},
 *   "link.revoke": object,
 *   "link.reactivate": object,
 * }} Answers by the kind of their question
 */

/**
 * Ask; a worker that was stopped is started for it.
 * @template {Question} Asked
 * @param {Asked} question
 * @returns {Promise<({ok: true} & Answers[Asked["kind"]]) | Refusal>}
 */
export function ask(question) {
  return chrome.runtime.sendMessage(question);
}
