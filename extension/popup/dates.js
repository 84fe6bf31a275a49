// Dates and times, in the reader's locale and time zone.

import { locale } from "../texts/translator.js";

const day = { weekday: /** @type {const} */ ("short"), day: /** @type {const} */ ("numeric"),
  month: /** @type {const} */ ("short") };
const dates = new Intl.DateTimeFormat(locale(), day);
const times = new Intl.DateTimeFormat(locale(), { ...day, hour: "numeric", minute: "2-digit" });

/** A date with its time. @param {string} instant RFC 3339 */
export const dateTime = (instant) => times.format(new Date(instant));

/** A date. @param {string} instant RFC 3339 */
export const date = (instant) => dates.format(new Date(instant));
