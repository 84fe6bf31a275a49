// Texts in the browser's language. `_locales` has the texts of the manifest only: these tables are typed, and each part
// loads its own.

import { language, primary } from "./language.js";

export { LANGUAGES, language } from "./language.js";

/** @typedef {import("./language.js").Language} Language */

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
