// The panel's style sheet, which is loaded with the panel.

const sheet = await fetch(chrome.runtime.getURL("extension/gmail/panel/panel.css"));

export const STYLE = await sheet.text();
