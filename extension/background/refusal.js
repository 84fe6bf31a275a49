// What was not granted, and how it is told: a stable code, and words in the reader's language.

import { de } from "../texts/background/de.js";
import { en } from "../texts/background/en.js";
import { es } from "../texts/background/es.js";
import { fr } from "../texts/background/fr.js";
import { ja } from "../texts/background/ja.js";
import { pt } from "../texts/background/pt.js";
import { language, translator } from "../texts/translate.js";

/** @import {Refusal as Told} from "../messages.js" */

const say = translator({ en, de, es, fr, pt, ja });

/** A refusal on its way to whoever asked. `values` fill the places in its sentence; `retryAfter` is in seconds. */
export class Refusal extends Error {
  /**
   * @param {string} code one of ours, or the API's
   * @param {{retryAfter?: number | undefined, values?: Record<string, string>}} [more]
   */
  constructor(code, { retryAfter, values = {} } = {}) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    this.values = values;
    this.isFinal = false; // trying again was tried
  }
}

/**
 * The answer that tells an error. What nobody foresaw is told without its insides.
 * @param {unknown} error
 * @returns {Told}
 */
export function tell(error) {
  if (!(error instanceof Refusal)) return { ok: false, code: "internal", message: say("internal") };
  const { code, retryAfter } = error;
  if (retryAfter === undefined) return { ok: false, code, message: sentence(error) };
  return { ok: false, code, message: sentence(error), retry_after: retryAfter };
}

/** @param {Refusal} refusal */
function sentence({ code, retryAfter, values }) {
  if (code === "too-many-requests" && retryAfter) return say("wait", { time: duration(retryAfter) });
  return isKnown(code) ? say(code, values) : say("unexpected", { code });
}

/** @param {string} code @returns {code is keyof typeof en} */
function isKnown(code) {
  return Object.hasOwn(en, code);
}

/** So many seconds in words, as whole minutes where there are more than 90. @param {number} seconds */
function duration(seconds) {
  const inMinutes = seconds > 90;
  const unit = inMinutes ? "minute" : "second";
  const format = new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" });
  return format.format(inMinutes ? Math.ceil(seconds / 60) : seconds);
}
