// The list of links: rows, and what their buttons do.

import { sendMessage } from "../shared/send_message.js";
import { elementById } from "../shared/document.js";
import { linkRow } from "./link_row.js";
import { translate } from "../texts/popup/translate.js";

/** @import {Refusal, RevokeMessage, SentLink} from "../messages.js" */

const list = elementById("links", HTMLElement);
const feedback = elementById("feedback", HTMLElement);

/** Called if a link cannot be revoked because the sign-in has ended. */
/** @type {(refusal: Refusal, message: RevokeMessage) => void} */
let onSignedOut = () => {};

/** @param {typeof onSignedOut} whenSignedOut */
export function onRevokeSignedOut(whenSignedOut) {
  onSignedOut = whenSignedOut;
}

/** Replace the rows. @param {SentLink[]} links @param {string} dashboard its address */
export function showLinks(links, dashboard) {
  list.replaceChildren();
  addLinks(links, dashboard);
}

/**
 * Add rows at the end.
 * @param {SentLink[]} links
 * @param {string} dashboard
 * @returns {HTMLElement | null} the title in the first new row
 */
export function addLinks(links, dashboard) {
  const rows = links.map((link) => row(link, dashboard));
  list.append(...rows);
  list.hidden = !list.children.length;
  return rows[0]?.querySelector("a") ?? null;
}

/** @param {SentLink} link @param {string} dashboard */
function row(link, dashboard) {
  const { id } = link;
  const element = linkRow(link, dashboard, {
    copy: () => copy(link.url),
    revoke: () => change({ kind: "link.revoke", id }, `undo-${id}`, ""),
    undo: () => change({ kind: "link.reactivate", id }, `revoke-${id}`, translate("active-again")),
  });
  return element;

  /**
   * Change the link, then focus the button that reverts the change: the pressed button is not there any more.
   * @param {{kind: "link.revoke" | "link.reactivate", id: string}} message
   * @param {string} next id of the button to focus
   * @param {string} done the text to show after success
   */
  async function change(message, next, done) {
    feedback.textContent = "";
    const answer = await sendMessage(message);
    if (!answer.ok && answer.code === "signed-out" && message.kind === "link.revoke") {
      return onSignedOut(answer, { kind: message.kind, id });
    }
    feedback.textContent = answer.ok ? done : answer.message;
    if (!answer.ok) return;
    element.replaceWith(row({ ...link, status: answer.status }, dashboard));
    document.getElementById(next)?.focus();
  }
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
