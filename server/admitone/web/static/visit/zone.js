// The time zone: the reader's own, which the browser knows, or another one from the list.

import { element } from "./elements.js";

const TICK = 15_000;

/**
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 * @param {{ texts: () => import("./dates.js").Texts, now: () => number, set: (zone: string) => void }} calendar
 * @returns {boolean} whether the reader's zone differs from the page's
 */
export function startZone(form, say, calendar) {
  const zones = /** @type {HTMLSelectElement} */ (element("zones"));

  /** @param {string} name */
  function change(name) {
    for (const field of form.querySelectorAll("input[name=timezone]")) field.setAttribute("value", name);
    if (![...zones.options].some((option) => option.value === name)) zones.add(new Option(name, name));
    zones.value = name;
    const city = zones.selectedOptions[0]?.text.trim().split(", ")[0] ?? name;
    element("city").textContent = say("city", { city });
    calendar.set(name);
    tick();
  }

  function tick() {
    const texts = calendar.texts();
    element("offset").textContent = texts.offset(calendar.now());
    element("now-there").textContent = texts.time(calendar.now());
  }

  zones.addEventListener("change", () => change(zones.value));
  setInterval(tick, TICK);

  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isMoved = "findsZone" in form.dataset && Boolean(own) && own !== calendar.texts().zone;
  if (isMoved) change(own);
  return isMoved;
}
