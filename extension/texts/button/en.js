// The texts of the button, and the one that is shown if nothing else can be loaded.

export const en = {
  button: "Insert one-time link",
  close: "Close",
  replaced: "The extension was updated. Reload Gmail to continue.",
};

/** @typedef {Record<keyof typeof en, string>} Table */
