// The texts of the toolbar's popup.

export const en = {
  title: "Newest links",
  options: "Options",
  dashboard: "Open dashboard",
  gmail: "Open Gmail",
  again: "Try again",
  "sign-in": "Sign in",
  "signed-out": "Sign in to see your newest links here.",
  "no-server": "Enter your server’s address in the options to sign in.",
  empty: "No links yet. Compose a message in Gmail and press the ticket after Send.",
  "no-page": "You have no booking page yet. Create one in the dashboard; you can send links to it.",
  loading: "Loading…",
  "page-gone": "Deleted page",
  copy: "Copy",
  copied: "Copied.",
  "not-copied": "The link could not be copied.",
  revoke: "Revoke",
  undo: "Undo",
  "active-again": "The link works again.",
  active: "Not opened yet",
  opened: "Opened {when}",
  until: "good until {when}",
  booked: "Booked for {when}",
  cancelled: "Booked, then cancelled",
  expired: "Expired {when}",
  revoked: "Revoked",
  unavailable: "Cannot be booked at present",
};

/** @typedef {Record<keyof typeof en, string>} Table */
