// The time zone: the reader's own, which the browser knows, or another one that they search for.

import { startCombobox } from "./combobox.js";
import { element } from "./elements.js";
import { citySource, findZones, zoneSource } from "./zone_search.js";

const TICK = 15_000;

/** @typedef {import("./dates.js").Texts} Texts */
/** @typedef {{ texts: (zone?: string) => Texts, now: () => number, set: (zone: string) => void }} Calendar */

/**
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 * @param {AbortSignal} signal ends it
 * @param {Calendar} calendar
 * @returns {boolean} whether the reader's zone differs from the page's
 */
export function startZone(form, say, signal, calendar) {
  const input = /** @type {HTMLInputElement} */ (element("zones"));
  const details = /** @type {HTMLDetailsElement} */ (input.closest("details"));
  const zones = zoneSource(input.dataset.zones ?? "");
  const cityOf = citySource(input.dataset.zones ?? "");

  /** @param {string} name */
  function change(name) {
    for (const field of form.querySelectorAll("input[name=timezone]")) field.setAttribute("value", name);
    const city = (name.split("/").pop() ?? name).replaceAll("_", " ");
    element("city").textContent = say("city", { city });
    calendar.set(name);
    tick();
    cityOf(name).then((known) => sayCity(known, name), () => {});
  }

  /**
   * Says the city in the reader's language, and by its present name.
   * @param {string | undefined} city
   * @param {string} name
   */
  function sayCity(city, name) {
    if (city && calendar.texts().zone === name) element("city").textContent = say("city", { city });
  }

  function tick() {
    const texts = calendar.texts();
    element("offset").textContent = texts.offset(calendar.now());
    element("now-there").textContent = texts.time(calendar.now());
  }

  /** @param {string} text */
  async function find(text) {
    const found = findZones(await zones().catch(() => []), text);
    const isEmpty = Boolean(text.trim()) && !found.length;
    element("no-zone").hidden = !isEmpty;
    if (isEmpty) element("status").textContent = element("no-zone").textContent;
    return found.map(([value, city, country]) => ({ value, draw: () => draw(value, city, country) }));
  }

  /** @param {string} name @param {string} city @param {string} country */
  function draw(name, city, country) {
    const place = document.createElement("span");
    const land = document.createElement("small");
    const time = document.createElement("time");
    const own = document.createElement("bdi");
    own.textContent = city;
    land.textContent = country;
    time.textContent = calendar.texts(name).time(calendar.now());
    place.append(own, land);
    return [place, time];
  }

  startCombobox(input, element("found"), {
    find,
    choose(name) {
      change(name);
      details.open = false;
      details.querySelector("summary")?.focus();
    },
  });
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    void zones().catch(() => {});
    input.focus();
  });
  const timer = setInterval(tick, TICK);
  signal.addEventListener("abort", () => clearInterval(timer));

  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isMoved = "findsZone" in form.dataset && Boolean(own) && own !== calendar.texts().zone;
  if (isMoved) change(own);
  return isMoved;
}
