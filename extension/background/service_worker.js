// The extension's service worker: only the worker calls the server and knows tokens. All listeners are registered
// here, synchronously: the browser starts a stopped worker for an event, and drops the event without a listener.

import { onCommand } from "./keyboard_command.js";
import { answer } from "./message_handlers.js";
import { servePort } from "./port.js";
import { followPolicy } from "./server_set.js";

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  answer(message, sender).then(respond);
  return true; // the answer comes later
});

chrome.runtime.onConnect.addListener(servePort);

chrome.commands.onCommand.addListener(onCommand);

// Messages follow the policy too: it may change while the browser is closed.
chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "managed") followPolicy();
});

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
});
