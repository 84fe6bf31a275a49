// Finds time zones by city or country, by the same rule as zone_search.py.

const MOST = 8;

/** @typedef {[name: string, city: string, country: string, words: string, others: string[]]} Zone */

/**
 * The zones of the file at `address`, which is fetched when they are first needed.
 * @param {string} address
 * @returns {() => Promise<Zone[]>}
 */
export function zoneSource(address) {
  /** @type {Promise<Zone[]> | undefined} */
  let zones;
  return () => {
    zones ??= fetch(address).then((answer) => answer.json());
    zones.catch(() => (zones = undefined));
    return zones;
  };
}

/**
 * A zone's city in the reader's language, from the file of its area, which is small.
 * @param {string} address that of the file of all zones
 * @returns {(zone: string) => Promise<string | undefined>}
 */
export function citySource(address) {
  return async (zone) => {
    const [area = "", isCity] = zone.split("/");
    if (!isCity) return undefined;
    const answer = await fetch(address.replace(/\.json$/, `/${area}.json`));
    return (await answer.json())[zone];
  };
}

/** @param {Zone[]} zones @param {string} text */
export function findZones(zones, text) {
  const wanted = fold(text).split(" ").filter(Boolean);
  if (!wanted.length) return [];
  const found = zones.filter(([, , , words]) => wanted.every((word) => ` ${words}`.includes(` ${word}`)));
  const start = wanted.join(" ");
  const rank = (/** @type {Zone} */ [, city, , words]) => {
    const isExact = wanted.every((word) => ` ${words} `.includes(` ${word} `));
    return (isExact ? 0 : 2) + (fold(city).startsWith(start) ? 0 : 1);
  };
  return found.sort((one, two) => rank(one) - rank(two)).slice(0, MOST);
}

/** @param {string} text */
function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
