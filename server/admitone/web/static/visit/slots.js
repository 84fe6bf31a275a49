// The offered times by weeks; those that are shown together are fetched once for each zone.

/** @typedef {{start: string, end: string}} Slot */
/** @typedef {Map<string, Slot[]>} Days by ISO date, in order; only days with times */

/**
 * @param {string} api the start of the addresses of the link's calls
 * @param {string} [eventType]
 */
export function slotSource(api, eventType) {
  /** @type {Map<string, Promise<Days>>} */
  const asked = new Map();

  /** @param {import("./dates.js").Span} span @param {string} zone @returns {Promise<Days>} */
  async function ask({ first, last }, zone) {
    const query = new URLSearchParams({ from: first, to: last, timezone: zone });
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
     * The times of some days.
     * @param {import("./dates.js").Span} span
     * @param {string} zone
     */
    days(span, zone) {
      const key = `${span.first} ${zone}`;
      const known = asked.get(key) ?? ask(span, zone);
      asked.set(key, known);
      known.catch(() => asked.delete(key));
      return known;
    },
  };
}
