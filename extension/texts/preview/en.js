// The texts of the preview.

export const en = {
  formatted: "Formatted message",
  plain: "Plain text",
  noLinkYet: "A sample. The link is made when you insert it.",
};

/** @typedef {Record<keyof typeof en, string>} Table */
