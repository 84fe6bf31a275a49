// Values by key, of which only those that were set last are kept: the storage must not grow without end.

/** @typedef {[key: string, value: string][]} RecentValues the newest is the last one */

const MOST = 50;

/**
 * The values with one of them set; null removes it.
 * @param {RecentValues | undefined} values
 * @param {string} key
 * @param {string | null} value
 * @returns {RecentValues}
 */
export function withValue(values = [], key, value) {
  const others = values.filter(([other]) => other !== key);
  return value === null ? others : [...others, /** @type {[string, string]} */ ([key, value])].slice(-MOST);
}
