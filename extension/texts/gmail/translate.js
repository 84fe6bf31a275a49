// The words of the button and the panel.

import { de } from "../texts/gmail/de.js";
import { en } from "../texts/gmail/en.js";
import { es } from "../texts/gmail/es.js";
import { fr } from "../texts/gmail/fr.js";
import { ja } from "../texts/gmail/ja.js";
import { pt } from "../texts/gmail/pt.js";
import { language, translator } from "../texts/translate.js";

export const spoken = language();
export const say = translator({ en, de, es, fr, pt, ja }, spoken);

/** How dates and numbers are written: as the reader's browser does, in the language that is spoken. */
export const locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(spoken)) ?? spoken;
