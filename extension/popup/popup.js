// The toolbar's popup: the newest links and their states.

import { sendMessage } from "../shared/send_message.js";
import { elementById, showTexts } from "../shared/document.js";
import { hideEmptyState, showEmptyState } from "./empty_state.js";
import { linkRow } from "./link_row.js";
import { translate } from "../texts/popup/translate.js";

/** @import {Refusal, RevokeMessage, SentLink} from "../messages.js" */

const GMAIL = "https://mail.google.com/";

const list = elementById("links", HTMLElement);
const loading = elementById("loading", HTMLElement);
const feedback = elementById("feedback", HTMLElement);
const dashboard = elementById("dashboard", HTMLAnchorElement);

showTexts(translate);
elementById("options", HTMLButtonElement).addEventListener("click", openOptions);
await show();

async function show() {
  hideEmptyState();
  const answer = await sendMessage({ kind: "links.newest" });
  loading.hidden = true;
  list.hidden = !answer.ok || !answer.links.length;
  if (!answer.ok) return showRefusal(answer);
  dashboard.href = answer.dashboard;
  elementById("footer", HTMLElement).hidden = false;
  list.replaceChildren(...answer.links.map((link) => row(link, answer.dashboard)));
  if (answer.links.length) return;
  if (answer.hasPages) showEmptyState(translate("empty"), "gmail", () => open(GMAIL));
  else showEmptyState(translate("no-page"), "dashboard", () => open(`${answer.dashboard}/pages`));
}

/** @param {SentLink} link @param {string} address */
function row(link, address) {
  return linkRow(link, address, {
    copy: () => copy(link.url),
    revoke: () => change({ kind: "link.revoke", id: link.id }, `undo-${link.id}`, ""),
    undo: () => change({ kind: "link.reactivate", id: link.id }, `revoke-${link.id}`, translate("active-again")),
  });
}

/**
 * Change a link, then focus the button that reverts the change: the pressed button is not there any more.
 * @param {{kind: "link.revoke" | "link.reactivate", id: string}} message
 * @param {string} next id of the button to focus
 * @param {string} done the text to show after success
 */
async function change(message, next, done) {
  feedback.textContent = "";
  const answer = await sendMessage(message);
  if (!answer.ok && answer.code === "signed-out" && message.kind === "link.revoke") {
    list.hidden = true;
    return showEmptyState(answer.message, "sign-in", () => signIn({ kind: "link.revoke", id: message.id }));
  }
  feedback.textContent = answer.ok ? done : answer.message;
  await show();
  document.getElementById(next)?.focus();
}

/**
 * Sign in. The window that opens may close the popup, so the worker handles `then` afterwards.
 * @param {RevokeMessage} [then]
 */
async function signIn(then) {
  const answer = await sendMessage(then ? { kind: "sign-in", then } : { kind: "sign-in" });
  feedback.textContent = answer.ok ? "" : answer.message;
  await show();
}

/** @param {Refusal} refusal */
function showRefusal({ code, message }) {
  if (code === "no-server") return showEmptyState(translate("no-server"), "options", openOptions);
  if (code === "signed-out") return showEmptyState(translate("signed-out"), "sign-in", () => signIn());
  showEmptyState(message, "again", show);
}

/** @param {string} url */
async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    feedback.textContent = translate("copied");
  } catch {
    feedback.textContent = translate("not-copied");
  }
}

/** @param {string} url */
function open(url) {
  chrome.tabs.create({ url });
}

function openOptions() {
  sendMessage({ kind: "options.open" });
}
