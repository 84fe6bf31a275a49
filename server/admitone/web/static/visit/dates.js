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
 * @param {import("./texts.js").Say} say
 */
export function dateTexts(locale, clock, zone, say) {
  const half = locale.startsWith("ja") ? "h11" : "h12"; // CLDR: 午後0:30
  /** @type {Intl.DateTimeFormatOptions} */
  const hours = // of 24 hours the short style alone has as many digits as each language writes
    clock === "h23"
      ? { timeStyle: "short", hourCycle: "h23" }
      : { hour: "numeric", minute: "2-digit", hourCycle: half };
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const monthShort = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  const dayShort = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: zone,
  });
  const time = new Intl.DateTimeFormat(locale, { ...hours, timeZone: zone });
  const offset = new Intl.DateTimeFormat("en", { timeZoneName: "shortOffset", timeZone: zone });
  const parts = new Intl.DateTimeFormat("en", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone: zone,
  });
  const date = (/** @type {number} */ at) =>
    `${part(parts, at, "year")}-${part(parts, at, "month")}-${part(parts, at, "day")}`;

  /** By the rule of `DateText.span` in date_text.py. @param {number} start @param {number} end */
  function span(start, end) {
    const last = time.format(end);
    const isOneDay = date(start) === date(end);
    const range = isOneDay ? time.formatRange(start, end) : "";
    if (bare(range).includes(bare(last))) return range;
    const until = isOneDay ? last : say("joined", { day: dayShort.format(end), time: last });
    return say("between", { first: time.format(start), last: until });
  }

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
    span,
    /** @param {number} at */
    offset: (at) => part(offset, at, "timeZoneName").replace("-", "−"),
    date,
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

/** Without blanks. @param {string} text */
function bare(text) {
  return text.replace(/\s/g, "");
}

/** @param {Intl.DateTimeFormat} format @param {number} at @param {string} type */
function part(format, at, type) {
  return format.formatToParts(at).find((one) => one.type === type)?.value ?? "";
}
