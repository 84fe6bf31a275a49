// The popup's words, and times as the reader writes them.

import { de } from "../texts/popup/de.js";
import { en } from "../texts/popup/en.js";
import { es } from "../texts/popup/es.js";
import { fr } from "../texts/popup/fr.js";
import { ja } from "../texts/popup/ja.js";
import { pt } from "../texts/popup/pt.js";
import { language, translator } from "../texts/translate.js";

export const say = translator({ en, de, es, fr, pt, ja });

const spoken = language();
// The reader's own region and clock, where it is in the language of the words beside it.
const locale = navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === spoken) ?? spoken;
const day = { weekday: /** @type {const} */ ("short"), day: /** @type {const} */ ("numeric"),
  month: /** @type {const} */ ("short") };
const dates = new Intl.DateTimeFormat(locale, day);
const times = new Intl.DateTimeFormat(locale, { ...day, hour: "numeric", minute: "2-digit" });

/** A date and time, in the reader's zone. @param {string} instant RFC 3339 */
export const when = (instant) => times.format(new Date(instant));

/** A date, in the reader's zone. @param {string} instant RFC 3339 */
export const onDay = (instant) => dates.format(new Date(instant));
