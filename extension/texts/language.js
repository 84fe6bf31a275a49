// The language in which the extension speaks: all that a page needs of the texts before it shows any.

export const LANGUAGES = /** @type {const} */ (["en", "de", "es", "fr", "pt", "ja"]);

/** @typedef {(typeof LANGUAGES)[number]} Language */

/**
 * The first of the reader's languages that the extension has, else English.
 * @returns {Language}
 */
export function language() {
  return navigator.languages.flatMap((tag) => LANGUAGES.filter((known) => known === primary(tag)))[0] ?? "en";
}

/** The language of a BCP 47 tag, in lower case. @param {string} tag */
export const primary = (tag) => tag.toLowerCase().split("-")[0];
