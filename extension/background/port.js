// Requests over a port, for links that are created while a compose window waits: if the port closes before the
// answer, nobody receives the links, so they are revoked.

import { revokeLink } from "./link_revoke.js";
import { answer } from "./message_handlers.js";

/** @param {chrome.runtime.Port} port */
export function servePort(port) {
  let isOpen = true;
  port.onDisconnect.addListener(() => { isOpen = false; });
  port.onMessage.addListener(async (message) => {
    const answered = await answer(message, port.sender ?? {});
    if (isOpen) port.postMessage(answered);
    else await revokeAll(answered);
  });
}

/**
 * Revoke the links of an answer, best effort: a link that cannot be revoked now stays active, but nobody knows it.
 * @param {any} answered
 */
async function revokeAll({ ok, id, items = [{ id }] }) {
  const links = ok ? items.filter((/** @type {any} */ link) => typeof link.id === "string") : [];
  await Promise.allSettled(links.map(revokeLink));
}
