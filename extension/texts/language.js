// The language in which the extension speaks: all that a page needs of the texts before it shows any.

export const LANGUAGES = /** @type {const} */ (["en", "de", "es", "fr", "pt", "ja"]);

/** @typedef {(typeof LANGUAGES)[number]} Language */

/**
 * The first of the reader's languages that the extension has, else English.
 * @returns {Language}
 */
export function language() {
  for (const tag of navigator.languages) {
    const found = LANGUAGES.find((known) => known === primary(tag));
    if (found) return found;
  }
  return "en";
}

/** @param {string} tag BCP 47 @returns {string | undefined} its language, in lower case */
export function primary(tag) {
  return tag.toLowerCase().split("-")[0];
}
