// The keyboard command.

/** @import {TabMessage} from "../messages.js" */

/** Pass the command on to Gmail in the active tab. @param {string} command @param {chrome.tabs.Tab} [tab] */
export async function onCommand(command, tab) {
  if (command !== "insert-link" || tab?.id === undefined) return;
  /** @type {TabMessage} */
  const message = { kind: "insert.now" };
  try {
    await chrome.tabs.sendMessage(tab.id, message);
  } catch {
    // This tab is not Gmail: no content script listens, and there is no window in which to say so.
  }
}
