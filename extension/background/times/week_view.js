// The week grid of a page: what stands in its rows and columns, in the recipient's time zone.

import { translate } from "../../texts/background/translate.js";
import { addDays, clockOf, minuteOf, offsetText, ownZone, writer } from "./clock.js";

/** @import {BusyBlock, Week, WeekCell} from "../../messages.js" */

/**
 * @typedef {{start: string, end: string}} Slot RFC 3339
 * @typedef {{date: string, slots: Slot[]}} Day
 *
 * @typedef {{row: number, length: number, cell: WeekCell}} Free a free time; `row` is in minutes since midnight, half a
 *   minute later if clocks show this time for the second time; `length` is in minutes
 * @typedef {Pick<BusyBlock, "column" | "name" | "text"> & {from: number, to: number}} Busy a part of a busy time, in
 *   one day; `from` and `to` are minutes since midnight
 */

const HOUR = 60;
const TIME = /** @type {const} */ ({ hour: "numeric", minute: "2-digit" });

/**
 * @param {string[]} dates
 * @param {{days: Day[], busy: [start: string, end: string][]}} found
 * @param {string} zone
 * @returns {Pick<Week, "title" | "corner" | "days" | "rows" | "busy">}
 */
export function viewWeek(dates, found, zone) {
  const clock = clockOf(zone);
  const ownClock = clockOf(ownZone());
  const day = writer({ weekday: "long", day: "numeric", month: "long" });
  const weekday = writer({ weekday: "short" });
  const time = writer(TIME);
  const dayAndTime = writer({ weekday: "short", ...TIME });
  const columns = dates.map((date) => freeOf(found.days.find((one) => one.date === date)?.slots ?? []));
  const busy = found.busy.flatMap(([start, end]) => busyOf(clock(Date.parse(start)), clock(Date.parse(end))));
  const rows = rowsOf(columns.flat(), busy);
  const [first = "", last = first] = [dates[0], dates.at(-1)];

  /** @param {Slot[]} slots of one day @returns {Free[]} */
  function freeOf(slots) {
    const minutes = slots.map(({ start }) => minuteOf(clock(Date.parse(start))));
    return slots.map(({ start, end }, index) => {
      const at = Date.parse(start);
      const [here, own] = [clock(at), ownClock(at)];
      const minute = minuteOf(here);
      const isTwice = minutes.indexOf(minute) < minutes.lastIndexOf(minute); // clocks were turned back
      const isSameDay = here.slice(0, 10) === own.slice(0, 10);
      const offset = isTwice ? [offsetText(zone, at)] : [];
      const ownTime = here === own ? [] : [(isSameDay ? time : dayAndTime).text(own)];
      const forYou = ownTime.map((text) => translate("forYou", { time: text }));
      const name = [day.text(here.slice(0, 10)), time.text(here), ...offset, ...forYou].join(", ");
      const row = minutes.indexOf(minute) < index ? minute + 0.5 : minute;
      const length = (Date.parse(end) - at) / 60_000;
      return { row, length, cell: { start, name, note: [...offset, ...ownTime].join(" ") } };
    });
  }

  /** The parts of a busy time in each day. @param {string} start @param {string} end local times @returns {Busy[]} */
  function busyOf(start, end) {
    return dates.flatMap((date, column) => {
      const midnight = `${addDays(date, 1)}T00:00`;
      if (start >= midnight || end <= `${date}T00:00`) return [];
      const from = start < date ? date : start;
      const text = `${translate("busyTime")} ${time.text(from)} – ${time.text(end < midnight ? end : midnight)}`;
      const to = end < midnight ? minuteOf(end) : 24 * HOUR;
      return [{ column, from: minuteOf(from), to, text, name: `${day.text(date)}, ${text}` }];
    });
  }

  return {
    title: writer({ day: "numeric", month: "long", year: "numeric" }).range(first, last),
    corner: columns.flat().some(({ cell }) => cell.note) ? translate("ownBelow") : "",
    days: dates.map((date) => ({
      name: day.text(date),
      weekday: weekday.text(date),
      number: String(Number(date.slice(8))),
    })),
    rows: rows.map((row) => ({
      text: time.text(new Date(row * 60_000).toISOString().slice(0, 16)),
      cells: columns.map((free) => free.find((one) => one.row === row)?.cell ?? null),
    })),
    busy: busy.map((one) => blockOf(one, rows)),
  };
}

/**
 * The rows: the free times of all days, and busy times and their hours that have no free time beside them.
 * @param {Free[]} free
 * @param {Busy[]} busy
 */
function rowsOf(free, busy) {
  const rows = new Set(free.map(({ row }) => row));
  for (const { from, to } of busy) {
    if (!free.some(({ row, length }) => row <= from && from < row + length)) rows.add(from);
    for (let hour = from - (from % HOUR) + HOUR; hour < to; hour += HOUR) {
      if (!free.some(({ row }) => row >= hour && row < hour + HOUR)) rows.add(hour);
    }
  }
  return [...rows].sort((a, b) => a - b);
}

/**
 * A busy time's place, in rows: a row stands for the time until the next one, an hour at most.
 * @param {Busy} busy
 * @param {number[]} rows
 * @returns {BusyBlock}
 */
function blockOf(busy, rows) {
  const place = (/** @type {number} */ minute) => {
    const row = rows.findLastIndex((start) => start <= minute);
    const start = rows[row] ?? minute;
    const length = Math.min(HOUR, (rows[row + 1] ?? Infinity) - start);
    return Math.max(0, row) + Math.min(1, (minute - start) / length);
  };
  return { ...busy, from: place(busy.from), to: place(busy.to) };
}
