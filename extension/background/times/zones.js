// Time zones by city, country and name, as the browser knows them.

import { locale } from "../../texts/translator.js";
import { offsetText, ownZone } from "./clock.js";

const MOST_FOUND = 50;

/** Browsers keep the old spelling of a few ids; people search for the new one. @type {Record<string, string>} */
const RENAMED = {
  "America/Godthab": "Nuuk",
  "Asia/Calcutta": "Kolkata",
  "Asia/Katmandu": "Kathmandu",
  "Asia/Rangoon": "Yangon",
  "Asia/Saigon": "Ho Chi Minh",
  "Atlantic/Faeroe": "Faroe",
  "Europe/Kiev": "Kyiv",
};

/** @typedef {{zone: string, city: string, country: string, search: string}} ZoneName */

/** All zones with their names: collecting them takes a moment. @type {ZoneName[] | undefined} */
let names;

/** The zone, if the browser knows it; else the browser's own. @param {string | undefined} zone */
export function knownZone(zone) {
  return zone && allZones().includes(zone) ? zone : ownZone();
}

/** Such as `Tokyo (GMT+9)`. @param {string} zone */
export function zoneText(zone) {
  return `${cityOf(zone)} (${offsetText(zone, Date.now())})`;
}

/**
 * The zones with each word of `text`; those whose city or country it is, or begins, come first. Without a text
 * `timezone` and the browser's own come first.
 * @param {{text: string, timezone: string}} message
 */
export async function findZones({ text, timezone }) {
  const query = fold(text).trim();
  const words = query.split(/\s+/);
  const known = [ownZone(), timezone];
  const rank = (/** @type {ZoneName} */ { zone, city, country }) => {
    const names = [city, country].map(fold);
    if (!query) return -known.indexOf(zone);
    return names.includes(query) ? 0 : names.some((name) => name.startsWith(query)) ? 1 : 2;
  };
  const found = allNames()
    .filter(({ search }) => words.every((word) => search.includes(word)))
    .toSorted((a, b) => rank(a) - rank(b) || a.city.localeCompare(b.city));
  return {
    zones: found.slice(0, MOST_FOUND).map(({ zone, city, country }) => {
      const place = country && country !== city ? `${city}, ${country}` : city;
      return { zone, name: `${place} (${offsetText(zone, Date.now())})` };
    }),
  };
}

function allZones() {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ownZone()])];
}

/** @param {string} zone */
function cityOf(zone) {
  return RENAMED[zone] ?? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** @returns {ZoneName[]} */
function allNames() {
  if (names) return names;
  const countries = countriesOfZones();
  names = allZones().map((zone) => {
    const city = cityOf(zone);
    const country = countries.get(zone) ?? "";
    const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts();
    const own = parts.find(({ type }) => type === "timeZoneName")?.value;
    return { zone, city, country, search: fold(`${city} ${country} ${own} ${zone.replaceAll("_", " ")}`) };
  });
  return names;
}

/** Countries by zone; empty in a browser that does not know. @returns {Map<string, string>} */
function countriesOfZones() {
  const region = new Intl.DisplayNames(locale(), { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(
    codes.flatMap((code) => {
      const name = region.of(code);
      const land = /** @type {any} */ (new Intl.Locale(`und-${code}`)); // as in clock.js
      /** @type {string[]} */
      const zones = (name && (land.getTimeZones?.() ?? land.timeZones)) || [];
      return zones.map((zone) => /** @type {[string, string]} */ ([zone, name]));
    }),
  );
}

/** Text without case and accents, to be compared. @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
