// The item *Zone* of Home: whether the page's clock is also that of the browser.

import { readTexts } from "../visit/texts.js";

const MONTHS = 12;

const item = document.querySelector("[data-zone]");
if (item instanceof HTMLElement) compare(item);

/** @param {HTMLElement} shown */
function compare(shown) {
  const zone = shown.dataset.zone ?? "";
  const other = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!other || shown.classList.contains("amber") || sameClock(zone, other)) return;
  shown.className = "amber";
  const [lamp, wrong, fix] = [".lamp", "[data-wrong]", "a"].map((part) => shown.querySelector(part));
  if (lamp) lamp.textContent = "!";
  if (wrong) wrong.textContent = readTexts()("zone-elsewhere", { zone, other });
  if (fix instanceof HTMLElement) fix.hidden = false;
}

/**
 * Whether clocks in both zones agree during the next year.
 * @param {string} one
 * @param {string} other
 */
function sameClock(one, other) {
  const [first, second] = [one, other].map((timeZone) => {
    const clock = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" });
    return (/** @type {Date} */ at) => clock.format(at);
  });
  const now = new Date();
  return [...Array(MONTHS).keys()].every((month) => {
    const at = new Date(now.getFullYear(), now.getMonth() + month, 1);
    return first?.(at) === second?.(at);
  });
}
