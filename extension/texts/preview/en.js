// The texts of the preview.

export const en = {
  style: "Insert as",
  language: "Language",
  pageLanguage: "The page’s language",
  snippet: "Snippet",
  noSnippet: "None",
  addSnippet: "Add a snippet",
  formatted: "Formatted message",
  plain: "Plain text",
  noLinkYet: "A sample. The link is made when you insert it.",
};

/** @typedef {Record<keyof typeof en, string>} Table */
