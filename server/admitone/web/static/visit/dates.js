// Dates and times as text, written as the server writes them for this reader. A date is an ISO text.

const DAY = 86_400_000;

/** @typedef {ReturnType<typeof dateTexts>} Texts */

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
    /** @param {string} date */
    month: (date) => month.format(Date.parse(date)),
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

/** @param {string} date */
export function monthStart(date) {
  return `${date.slice(0, 7)}-01`;
}

/** @param {string} date */
export function monthEnd(date) {
  return addDays(monthStart(addDays(monthStart(date), 31)), -1);
}

/** Monday is 0. @param {string} date */
export function weekday(date) {
  return (new Date(date).getUTCDay() + 6) % 7;
}

/** @param {Intl.DateTimeFormat} format @param {number} at @param {string} type */
function part(format, at, type) {
  return format.formatToParts(at).find((one) => one.type === type)?.value ?? "";
}
