// The extension's background: it alone speaks to the server, and knows tokens. The listeners are registered here and
// at once: a worker that was stopped is started for a message, and would miss it.

import { onCommand } from "./command.js";
import { serveLine } from "./line.js";
import { answer } from "./messages.js";

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  answer(message, sender).then(respond);
  return true; // the answer comes later
});

chrome.runtime.onConnect.addListener(serveLine);

chrome.commands.onCommand.addListener(onCommand);

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
});
