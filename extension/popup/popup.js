// The toolbar's popup: the newest links and their states, and a search.

import { sendMessage } from "../shared/send_message.js";
import { elementById, showTexts } from "../shared/document.js";
import { hideEmptyState, showEmptyState } from "./empty_state.js";
import { addLinks, onRevokeSignedOut, showLinks } from "./link_list.js";
import { onSearch, searchText, showSearch } from "./search_field.js";
import { translate } from "../texts/popup/translate.js";

/** @import {Answers, Refusal, RevokeMessage} from "../messages.js" */

const GMAIL = "https://mail.google.com/";

const list = elementById("links", HTMLElement);
const loading = elementById("loading", HTMLElement);
const found = elementById("found", HTMLElement);
const more = elementById("more", HTMLButtonElement);
const feedback = elementById("feedback", HTMLElement);
const dashboard = elementById("dashboard", HTMLAnchorElement);

let lastRequest = 0;
/** The cursor with which the list goes on. @type {string | null} */
let next = null;

showTexts(translate);
elementById("options", HTMLButtonElement).addEventListener("click", openOptions);
more.addEventListener("click", showMore);
onSearch(show);
onRevokeSignedOut(({ message }, revoke) => {
  hideList();
  showEmptyState(message, "sign-in", () => signIn(revoke));
});
await show();

/** Show the beginning of the list. The rows before stay until the answer is here. */
async function show() {
  const answer = await ask();
  if (!answer) return;
  hideEmptyState();
  feedback.textContent = "";
  loading.hidden = true;
  if (!answer.ok) return showRefusal(answer);
  dashboard.href = answer.dashboard;
  elementById("footer", HTMLElement).hidden = false;
  showLinks(answer.links, answer.dashboard);
  showSearch(answer.links.length > 0 || searchText() !== "");
  showEnd(answer);
  if (answer.links.length || searchText()) return;
  if (answer.hasPages) showEmptyState(translate("empty"), "gmail", () => open(GMAIL));
  else showEmptyState(translate("no-page"), "dashboard", () => open(`${answer.dashboard}/pages`));
}

/** Show what comes next, and focus the first new row: the pressed button may be gone. */
async function showMore() {
  if (!next) return;
  const answer = await ask(next);
  if (!answer) return;
  feedback.textContent = answer.ok ? "" : answer.message;
  if (!answer.ok) return;
  const first = addLinks(answer.links, answer.dashboard);
  showEnd(answer);
  if (first) first.focus();
  else if (more.hidden) elementById("q", HTMLInputElement).focus();
}

/**
 * A part of the list; undefined if the person has typed on in the meantime.
 * @param {string} [cursor]
 */
async function ask(cursor) {
  const request = ++lastRequest;
  list.ariaBusy = "true";
  const answer = await sendMessage({ kind: "links.list", q: searchText(), ...(cursor ? { cursor } : {}) });
  if (request !== lastRequest) return undefined;
  list.ariaBusy = null;
  return answer;
}

/** Say how many links were found, and offer to go on. @param {Answers["links.list"]} answer */
function showEnd({ links, next: cursor }) {
  next = cursor;
  more.hidden = !cursor;
  more.textContent = translate(searchText() && !links.length ? "keep-searching" : "more");
  const count = list.children.length;
  if (!searchText()) found.textContent = "";
  else if (count) found.textContent = translate(cursor ? "found-so-far" : "found", { count });
  else found.textContent = translate(cursor ? "found-none-yet" : "found-none", { q: searchText() });
}

function hideList() {
  list.hidden = more.hidden = true;
  showSearch(false);
  found.textContent = "";
}

/**
 * Sign in. The window that opens may close the popup, so the worker handles `then` afterwards.
 * @param {RevokeMessage} [then]
 */
async function signIn(then) {
  const answer = await sendMessage(then ? { kind: "sign-in", then } : { kind: "sign-in" });
  await show();
  if (!answer.ok) feedback.textContent = answer.message;
}

/** @param {Refusal} refusal */
function showRefusal({ code, message }) {
  hideList();
  if (code === "no-server") return showEmptyState(translate("no-server"), "options", openOptions);
  if (code === "signed-out") return showEmptyState(translate("signed-out"), "sign-in", () => signIn());
  showEmptyState(message, "again", show);
}

/** @param {string} url */
function open(url) {
  chrome.tabs.create({ url });
}

function openOptions() {
  sendMessage({ kind: "options.open" });
}
