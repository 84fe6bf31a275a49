// The texts of the options page.

export const en = {
  title: "Options",
  lead: "One-time booking links in Gmail, from your own server.",
  server: "Server address",
  "server-hint": "For example https://book.example.com. Whoever runs Admit One for you knows it.",
  "server-asking": "Checking the server…",
  "server-found": "This is an Admit One server.",
  "server-kept": "Sign out to use another server.",
  "server-managed": "Your organisation has set this address.",
  "sign-in": "Sign in",
  "signing-in": "Sign in in the window that has opened.",
  "sign-out": "Sign out",
  "signed-in": "Signed in as {name}",
  "signed-out": "You are signed out.",
  ready: "Ready. Compose a message in Gmail and press the ticket after Send.",
  defaults: "New links",
  page: "Default page",
  "page-last": "The one used last",
  text: "Link text",
  "text-hint": "If empty, the page’s title is used.",
  snippets: "Snippets",
  "snippets-hint": "Texts that the panel in Gmail can put before a link. {name} becomes the recipient’s name.",
  "snippet-number": "Snippet {number}",
  "snippet-example": "Hi {name}, here is my calendar:",
  "snippet-add": "Add a snippet",
  "snippet-delete": "Delete",
  saved: "Saved.",
  dashboard: "Open dashboard",
  again: "Try again",
};

/** @typedef {Record<keyof typeof en, string>} Table */
