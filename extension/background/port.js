// A line to somebody who waits for what is made for them: what nobody waits for any more is taken back.

import { revokeLink } from "./link_revoke.js";
import { answer } from "./messages.js";

/** @param {chrome.runtime.Port} line */
export function serveLine(line) {
  let isOpen = true;
  line.onDisconnect.addListener(() => { isOpen = false; });
  line.onMessage.addListener(async (message) => {
    const answered = await answer(message, line.sender ?? {});
    if (isOpen) line.postMessage(answered);
    else await takeBack(answered);
  });
}

/**
 * The window was closed, and the message with it. What fails here leaves links that nobody has.
 * @param {any} answered
 */
async function takeBack({ ok, id, items = [{ id }] }) {
  const made = ok ? items.filter((/** @type {any} */ link) => typeof link.id === "string") : [];
  await Promise.allSettled(made.map(revokeLink));
}
