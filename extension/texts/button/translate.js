// The texts of the button, in the browser's language. Only the table of that language is loaded.

import { language } from "../language.js";

/** @type {Record<import("../language.js").Language, import("./en.js").Table>} */
const tables = await import(`./${language()}.js`);

/** @param {keyof import("./en.js").Table} key */
export function translate(key) {
  return tables[language()][key];
}
