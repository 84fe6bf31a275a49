// Dates and times as text, written as the server writes them for this reader. A date is an ISO text.

const DAY = 86_400_000;
export const WEEK = 7;
const SHOWN = 5 * WEEK;

/** @typedef {ReturnType<typeof dateTexts>} Texts */
/** @typedef {{first: string, last: string}} Span ISO dates */

/**
 * @param {string} locale
 * @param {string} clock `h12` or `h23`
 * @param {string} zone
 */
export function dateTexts(locale, clock, zone) {
  const hourCycle = /** @type {"h12" | "h23"} */ (clock);
  const hour = clock === "h23" ? "2-digit" : "numeric";
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const monthShort = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(locale, { hour, minute: "2-digit", hourCycle, timeZone: zone });
  const offset = new Intl.DateTimeFormat("en", { timeZoneName: "shortOffset", timeZone: zone });
  const parts = new Intl.DateTimeFormat("en", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone: zone,
  });
  return {
    zone,
    /** @param {string} date */
    day: (date) => day.format(Date.parse(date)),
    /** @param {string} first @param {string} last */
    months: (first, last) => month.formatRange(Date.parse(first), Date.parse(last)),
    /** @param {string} date */
    monthShort: (date) => monthShort.format(Date.parse(date)),
    /** @param {number} at epoch milliseconds, as everywhere here */
    time: (at) => time.format(at),
    /** @param {number} start @param {number} end */
    span: (start, end) => time.formatRange(start, end),
    /** @param {number} at */
    offset: (at) => part(offset, at, "timeZoneName").replace("-", "−"),
    /** @param {number} at */
    date: (at) => `${part(parts, at, "year")}-${part(parts, at, "month")}-${part(parts, at, "day")}`,
  };
}

/** @param {string} date @param {number} days */
export function addDays(date, days) {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/**
 * The days that a calendar shows together with `day`, by the rule of `weeks_around` in weeks_view.py.
 * @param {string} today
 * @param {string} day
 * @param {number} weekStart
 * @returns {Span}
 */
export function weeksAround(today, day, weekStart) {
  const passed = (weekday(today) - weekStart + WEEK) % WEEK;
  const first = addDays(today, -passed);
  const last = addDays(first, Math.ceil((passed + SHOWN) / WEEK) * WEEK - 1);
  if (day <= last) return { first, last };
  const beyond = (Date.parse(day) - Date.parse(last)) / DAY - 1;
  const start = addDays(last, 1 + Math.floor(beyond / SHOWN) * SHOWN);
  return { first: start, last: addDays(start, SHOWN - 1) };
}

/** Monday is 0. @param {string} date */
export function weekday(date) {
  return (new Date(date).getUTCDay() + 6) % WEEK;
}

/** @param {Intl.DateTimeFormat} format @param {number} at @param {string} type */
function part(format, at, type) {
  return format.formatToParts(at).find((one) => one.type === type)?.value ?? "";
}
