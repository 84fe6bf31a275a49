// The page's words.

import { de } from "../texts/options/de.js";
import { en } from "../texts/options/en.js";
import { es } from "../texts/options/es.js";
import { fr } from "../texts/options/fr.js";
import { ja } from "../texts/options/ja.js";
import { pt } from "../texts/options/pt.js";
import { translator } from "../texts/translate.js";

export const say = translator({ en, de, es, fr, pt, ja });
