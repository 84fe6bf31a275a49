// The keyboard command.

/** @import {Order} from "../messages.js" */

/** Tell the Gmail that is in front. @param {string} command @param {chrome.tabs.Tab} [tab] */
export async function onCommand(command, tab) {
  if (command !== "insert-link" || tab?.id === undefined) return;
  /** @type {Order} */
  const order = { kind: "insert.now" };
  try {
    await chrome.tabs.sendMessage(tab.id, order);
  } catch {
    // No Gmail in this tab, and nobody who could be told.
  }
}
