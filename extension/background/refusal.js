// Requests that were refused or failed: a stable code, and a sentence in the reader's language.

import { en } from "../texts/background/en.js";
import { translate } from "../texts/background/translate.js";
import { language } from "../texts/translator.js";

/** @import {Refusal} from "../messages.js" */

/** Thrown when a request is refused or fails; `errorAnswer` turns it into the answer. */
export class RefusalError extends Error {
  /**
   * @param {string} code one of the extension's own, or the API's
   * @param {{retryAfter?: number | undefined, values?: Record<string, string>}} [more] `retryAfter` is in seconds;
   *   `values` are filled into the sentence
   */
  constructor(code, { retryAfter, values = {} } = {}) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
    this.values = values;
    this.isFinal = false; // whether it was already retried
  }
}

/** Whether a retry may help; the server may have done the work. @param {string} code */
export function isRetryable(code) {
  return ["unreachable", "busy", "outcome-unknown"].includes(code);
}

/** What a sentence about the server at this address names. @param {string | URL} address */
export function valuesOf(address) {
  return { server: new URL(address).host };
}

/**
 * The answer for an error. An unexpected error is reported without its details.
 * @param {unknown} error
 * @returns {Refusal}
 */
export function errorAnswer(error) {
  if (!(error instanceof RefusalError)) return { ok: false, code: "internal", message: translate("internal") };
  const { code, retryAfter } = error;
  if (retryAfter === undefined) return { ok: false, code, message: sentence(error) };
  return { ok: false, code, message: sentence(error), retry_after: retryAfter };
}

/** @param {RefusalError} error */
function sentence({ code, retryAfter, values }) {
  if (code === "too-many-requests" && retryAfter) return translate("wait", { time: duration(retryAfter) });
  return isKnown(code) ? translate(code, values) : translate("unexpected", { code });
}

/** @param {string} code @returns {code is keyof typeof en} */
function isKnown(code) {
  return Object.hasOwn(en, code);
}

/** A duration in words; in whole minutes if it is longer than 90 seconds. @param {number} seconds */
function duration(seconds) {
  const inMinutes = seconds > 90;
  const unit = inMinutes ? "minute" : "second";
  const format = new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" });
  return format.format(inMinutes ? Math.ceil(seconds / 60) : seconds);
}
