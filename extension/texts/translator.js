// Our words in the browser's language. No `_locales`: the folder that is loaded is the whole repository, whose top
// level holds no name that starts with `_`; and content scripts, worker and pages share this one way.

export const LANGUAGES = /** @type {const} */ (["en", "de", "es", "fr", "pt", "ja"]);

/** @typedef {(typeof LANGUAGES)[number]} Language */

/**
 * The language that is spoken: the first of the reader's that we know, else English.
 * @param {readonly string[]} [wanted] BCP 47 tags, the preferred one first
 * @returns {Language}
 */
export function language(wanted = navigator.languages) {
  for (const tag of wanted) {
    const found = LANGUAGES.find((known) => known === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}

/**
 * A table's words in the language that is spoken. `{name}` in a text is replaced by the value of that name.
 * @template {string} Key
 * @param {Record<Language, Record<Key, string>>} tables
 * @param {Language} [spoken]
 * @returns {(key: Key, values?: Record<string, string | number>) => string}
 */
export function translator(tables, spoken = language()) {
  const table = tables[spoken];
  return (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
