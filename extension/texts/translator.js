// Texts in the browser's language. `_locales` has the texts of the manifest only: these tables are typed, and each part
// loads its own.

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

/** The reader's locale in that language, such as `de-AT`: how dates and numbers are written. @returns {string} */
export function locale() {
  const spoken = language();
  return navigator.languages.find((tag) => primary(tag) === spoken) ?? spoken;
}

/**
 * A function that returns a text in the browser's language. `{name}` in a text is replaced by the value of that name.
 * @template {string} Key
 * @param {Record<Language, Record<Key, string>>} tables
 * @returns {(key: Key, values?: Record<string, string | number>) => string}
 */
export function translator(tables) {
  const table = tables[language()];
  return (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} tag BCP 47 @returns {string | undefined} its language, in lower case */
function primary(tag) {
  return tag.toLowerCase().split("-")[0];
}
