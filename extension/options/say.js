// The page's words.

import { TEXTS } from "../texts/options.js";
import { translator } from "../texts/translate.js";

export const say = translator(TEXTS);
