// The texts of the panel, in the browser's language. Only the table of that language is loaded.

import { language, translator } from "../translator.js";

/** @typedef {Record<import("../translator.js").Language, import("./en.js").Table>} Tables */

/** @type {Tables} */
const tables = await import(chrome.runtime.getURL(`extension/texts/gmail/${language()}.js`));

export const translate = translator(tables);
