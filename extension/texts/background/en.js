// The messages of refused requests. The keys are codes: the worker's own and the API's.

export const en = {
  "signed-out": "You are signed out. Sign in again to continue.",
  "no-server": "No server is set yet. Enter its address in the options.",
  unreachable: "{server} cannot be reached. Check the connection and try again.",
  "not-admitone": "{server} is not an Admit One server. Check the address.",
  "address-invalid": "This is not a server address. Example: https://book.example.com.",
  "address-insecure": "The address must begin with https://. Only a server on this computer may use http://.",
  "address-other": "This server calls itself {other}. Enter that address.",
  "server-too-old":
    "{server} runs a version of Admit One that is too old for this extension. Ask your administrator to update it.",
  "extension-too-old": "This extension is too old for {server}. Update it on the browser’s page of extensions.",
  "policy-invalid": "The server address that your organisation has set is not valid. Tell an administrator.",
  "sign-in-cancelled": "You did not sign in. Nothing has changed.",
  "sign-in-failed": "Signing in did not work. Try again.",
  "too-many-requests": "Too many requests. Wait a little and try again.",
  wait: "Too many requests. Try again in {time}.",
  forbidden: "Your account may not do this. Ask an administrator of your workspace.",
  "account-inactive": "This account has been deactivated. Ask an administrator of your workspace.",
  "not-yours": "This page is not allowed to do that.",
  "no-page": "You have no booking page yet. Create one in the dashboard; you can share it here.",
  "page-gone": "This page no longer exists. Choose another one.",
  "one-time-not-offered": "This page does not offer one-time links.",
  invalid: "The server did not accept this. Check the name and the address.",
  "not-found": "This no longer exists.",
  "link-not-found": "There is no booking link at this address.",
  "link-booked": "This link has already been used. Cancel its booking in the dashboard.",
  "link-revoked": "This link was revoked.",
  "link-expired": "This link has expired.",
  "link-unavailable": "This link cannot be booked at present.",
  busy: "The server is busy. Try again in a moment; nothing is done twice.",
  "storage-full": "The server's storage is full. Nothing was changed. Tell an administrator.",
  "outcome-unknown": "The connection was lost before the answer came. Try again; nothing is done twice.",
  internal: "Something went wrong. Try again. If it happens again, tell an administrator.",
  unexpected: "The server refused this ({code}).",
};

/** @typedef {Record<keyof typeof en, string>} Table */
