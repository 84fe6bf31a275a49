// Texts in the browser's language. The extension has no `_locales` folder: the folder that the browser loads is the
// whole repository, where no name may start with `_`; and the content script, the worker and the pages share this way.

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
