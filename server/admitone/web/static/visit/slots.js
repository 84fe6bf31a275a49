// The offered times by month; each month is fetched once for each zone.

import { monthEnd } from "./dates.js";

/** @typedef {{start: string, end: string}} Slot */
/** @typedef {Map<string, Slot[]>} Days by ISO date, in order; only days with times */

/**
 * @param {string} api the start of the addresses of the link's calls
 * @param {string} [eventType]
 */
export function slotSource(api, eventType) {
  /** @type {Map<string, Promise<Days>>} */
  const asked = new Map();

  /** @param {string} first @param {string} zone @returns {Promise<Days>} */
  async function ask(first, zone) {
    const query = new URLSearchParams({ from: first, to: monthEnd(first), timezone: zone });
    if (eventType) query.set("event_type", eventType);
    const answer = await fetch(`${api}/slots?${query}`);
    if (answer.status === 410) location.reload(); // the link was used or revoked meanwhile: the reloaded page says so
    if (!answer.ok) throw new Error(`slots: ${answer.status}`);
    /** @type {{days: {date: string, slots: Slot[]}[]}} */
    const { days } = await answer.json();
    return new Map(days.map((day) => [day.date, day.slots]));
  }

  return {
    /**
     * The times from `first` to the end of its month.
     * @param {string} first
     * @param {string} zone
     */
    month(first, zone) {
      const key = `${first} ${zone}`;
      const known = asked.get(key) ?? ask(first, zone);
      asked.set(key, known);
      known.catch(() => asked.delete(key));
      return known;
    },
  };
}
