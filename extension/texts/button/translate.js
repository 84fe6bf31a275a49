// The texts of the button, in the browser's language. Only the table of that language is loaded.

import { language } from "../language.js";

/** @type {Record<import("../language.js").Language, import("./en.js").Table>} */
const { [language()]: table } = await import(chrome.runtime.getURL(`extension/texts/button/${language()}.js`));

/** @param {keyof import("./en.js").Table} key */
export const translate = (key) => table[key];
