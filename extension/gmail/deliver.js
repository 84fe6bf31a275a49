// Links that were made go into the compose whose button was pressed; else onto the clipboard; else back.

import { copy } from "./clipboard.js";
import { bodyOf, rootNow } from "./compose.js";
import { insert } from "./insert.js";
import { showNotice } from "./panel/notice.js";
import { say } from "./say.js";
import { withdraw } from "./wish.js";

/** @typedef {import("./insert.js").Content} Content */
/** @typedef {import("./wish.js").Made} Made */

/**
 * @param {HTMLElement} root the compose's
 * @param {Content} content
 * @param {Made[]} links what is in it
 */
export async function deliver(root, content, links) {
  const now = rootNow(root);
  const body = now && bodyOf(now);
  if (!body) {
    await withdraw(links);
    showNotice(null, say("composeClosed"));
  } else if (!isInserted(body, content)) {
    await hand(now, content);
  }
}

/** Put it on the clipboard and say so. @param {HTMLElement} root @param {Content} content */
async function hand(root, content) {
  const isCopied = await copy(content);
  showNotice(root, say(isCopied ? "copied" : "notCopied"), content.text);
}

/** @param {HTMLElement} body @param {Content} content */
function isInserted(body, content) {
  try {
    return insert(body, content);
  } catch {
    return false; // the page has its own idea of editing, and the clipboard remains
  }
}
