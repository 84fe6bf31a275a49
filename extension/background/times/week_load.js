// Some days of a page's times, for the week grid.

import { translate } from "../../texts/background/translate.js";
import { call } from "../api.js";
import { addDays, today, weekStart, writer } from "./clock.js";
import { viewWeek } from "./week_view.js";
import { knownZone, zoneText } from "./zones.js";

/** @import {Week} from "../../messages.js" */

const WEEK = 7;
const MOST_DAYS = 62; // of one call of the API

/**
 * The free times of a page as its customers see them, and when the person is busy.
 * @param {{page: string, event_type: string | null, date: string, length: number, timezone: string}} message `date` is
 *   in the wanted week, or empty for today; fewer than seven days begin with it. An empty `timezone` is the browser's
 * @returns {Promise<Week>}
 * @throws {import("../refusal.js").RefusalError} those of `call`
 */
export async function loadWeek({ page, event_type, date, length, timezone }) {
  const zone = knownZone(timezone);
  const first = today(zone);
  const wanted = date > first ? date : first;
  const begin = length === WEEK ? weekStart(wanted) : wanted;
  const dates = Array.from({ length }, (_, days) => addDays(begin, days));
  const after = addDays(begin, length);
  const ask = (/** @type {string} */ from, /** @type {string} */ to) =>
    call("GET", `/pages/${encodeURIComponent(page)}/slots`, {
      query: { from, to, timezone: zone, ...(event_type ? { event_type } : {}) },
    });
  const found = await ask(begin < first ? first : begin, addDays(after, -1));
  const later = found.days.length ? null : await ask(after, addDays(after, MOST_DAYS - 1));
  const next = later?.days[0]?.date;
  return {
    timezone: zone,
    zone: zoneText(zone),
    ...(begin > first ? { earlier: addDays(begin, -length) } : {}),
    later: next ?? after,
    hint: found.days.length ? "" : nothingFree(dates, next),
    ...viewWeek(dates, found, zone),
  };
}

/** @param {string[]} dates @param {string | undefined} next the next day with free times, if one is near */
function nothingFree(dates, next) {
  const day = writer({ weekday: "long", day: "numeric", month: "long" });
  const [from = "", to = from] = [dates[0], dates.at(-1)];
  const none = translate("noTimes", { from: day.text(from), to: day.text(to) });
  return next ? `${none} ${translate("nextFree", { date: day.text(next) })}` : none;
}
