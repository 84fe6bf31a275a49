// The toolbar's popup: what became of the links that one sent.

import { ask } from "../pages/ask.js";
import { element, fillIn } from "../pages/page.js";
import { hideInstead, showInstead } from "./instead.js";
import { rowOf } from "./row.js";
import { say } from "./say.js";

/** @import {Refusal} from "../messages.js" */
/** @import {SentLink} from "../background/link_list.js" */

const GMAIL = "https://mail.google.com/";

const list = element("links", HTMLElement);
const loading = element("loading", HTMLElement);
const said = element("said", HTMLElement);
const dashboard = element("dashboard", HTMLAnchorElement);

fillIn(say);
element("options", HTMLButtonElement).addEventListener("click", openOptions);
await show();

async function show() {
  hideInstead();
  const answer = await ask({ kind: "links.newest" });
  loading.hidden = true;
  list.hidden = !answer.ok || !answer.links.length;
  if (!answer.ok) return refuse(answer);
  dashboard.href = answer.dashboard;
  element("footer", HTMLElement).hidden = false;
  list.replaceChildren(...answer.links.map((link) => row(link, answer.dashboard)));
  if (answer.links.length) return;
  if (answer.hasPages) showInstead(say("empty"), "gmail", () => open(GMAIL));
  else showInstead(say("no-page"), "dashboard", () => open(`${answer.dashboard}/pages`));
}

/** @param {SentLink} link @param {string} address */
function row(link, address) {
  return rowOf(link, address, {
    copy: () => copy(link.url),
    revoke: () => change({ kind: "link.revoke", id: link.id }, `undo-${link.id}`, ""),
    undo: () => change({ kind: "link.reactivate", id: link.id }, `revoke-${link.id}`, say("active-again")),
  });
}

/**
 * Change a link, and go on at the button that takes it back: the one that was pressed is gone.
 * @param {{kind: "link.revoke" | "link.reactivate", id: string}} question
 * @param {string} next
 * @param {string} done
 */
async function change(question, next, done) {
  said.textContent = "";
  const answer = await ask(question);
  if (!answer.ok && answer.code === "signed-out" && question.kind === "link.revoke") {
    list.hidden = true;
    return showInstead(answer.message, "sign-in", () => signIn({ kind: "link.revoke", id: question.id }));
  }
  said.textContent = answer.ok ? done : answer.message;
  await show();
  document.getElementById(next)?.focus();
}

/** Sign in. The popup may be closed by the window that opens, so that the worker does what was asked for. */
async function signIn(/** @type {{kind: "link.revoke", id: string} | undefined} */ then) {
  const answer = await ask(then ? { kind: "sign-in", then } : { kind: "sign-in" });
  said.textContent = answer.ok ? "" : answer.message;
  await show();
}

/** @param {Refusal} refusal */
function refuse({ code, message }) {
  if (code === "no-server") return showInstead(say("no-server"), "options", openOptions);
  if (code === "signed-out") return showInstead(say("signed-out"), "sign-in", () => signIn(undefined));
  showInstead(message, "again", show);
}

/** @param {string} url */
async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    said.textContent = say("copied");
  } catch {
    said.textContent = say("not-copied");
  }
}

/** @param {string} url */
function open(url) {
  chrome.tabs.create({ url });
}

function openOptions() {
  ask({ kind: "options.open" });
}
