// The texts of the week grid, in the browser's language.

import { translator } from "../translator.js";
import { de } from "./de.js";
import { en } from "./en.js";
import { es } from "./es.js";
import { fr } from "./fr.js";
import { ja } from "./ja.js";
import { pt } from "./pt.js";

export const translate = translator({ en, de, es, fr, pt, ja });
