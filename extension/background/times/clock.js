// What clocks show in a time zone. A local time is a text, YYYY-MM-DDTHH:MM; a date is its first part.

import { locale } from "../../texts/translator.js";

const DAY = 86_400_000;
const QUARTER = 900_000;

export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Such as `GMT+5:30`.
 * @param {string} zone
 * @param {number} at epoch milliseconds
 * @param {"longOffset" | "shortOffset"} [form] long: `GMT+05:30`
 */
export function offsetText(zone, at, form = "shortOffset") {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: form }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/**
 * A function that returns the local time of an instant.
 * @param {string} zone
 * @returns {(at: number) => string}
 */
export function clockOf(zone) {
  /** @type {Map<number, number>} */
  const offsets = new Map(); // by quarter of an hour: clocks do not change in between, and asking Intl is slow
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const offset = offsets.get(quarter) ?? DAY - Date.parse(`1970-01-02T00:00${isoOffset(zone, at)}`);
    offsets.set(quarter, offset);
    return new Date(at + offset).toISOString().slice(0, 16);
  };
}

/** @param {string} zone @param {number} at */
function isoOffset(zone, at) {
  return offsetText(zone, at, "longOffset").slice("GMT".length) || "Z";
}

/** Today's date in a zone. @param {string} zone */
export function today(zone) {
  return clockOf(zone)(Date.now()).slice(0, 10);
}

/** Minutes since midnight. @param {string} local */
export function minuteOf(local) {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14));
}

/** @param {string} date @param {number} days */
export function addDays(date, days) {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The first day of a date's week, as the locale counts; Monday if the browser does not know. @param {string} date */
export function weekStart(date) {
  const own = /** @type {any} */ (new Intl.Locale(locale())); // older browsers have properties, not methods
  const first = (own.getWeekInfo?.() ?? own.weekInfo)?.firstDay ?? 1; // 1 is Monday, 7 is Sunday
  return addDays(date, -((new Date(date).getUTCDay() - first + 7) % 7));
}

/** Functions that write a local time or a date, and a range of dates. @param {Intl.DateTimeFormatOptions} options */
export function writer(options) {
  const format = new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" });
  return {
    text: (/** @type {string} */ local) => format.format(parse(local)),
    range: (/** @type {string} */ from, /** @type {string} */ to) => format.formatRange(parse(from), parse(to)),
  };
}

/** @param {string} local or a date */
function parse(local) {
  return Date.parse(`${local.padEnd(16, "T00:00")}Z`);
}
