// The texts of the week grid, in the browser's language. Only the table of that language is loaded.

import { language, translator } from "../translator.js";

/** @typedef {Record<import("../translator.js").Language, import("./en.js").Table>} Tables */

export const translate = translator(/** @type {Tables} */ (await import(`./${language()}.js`)));
