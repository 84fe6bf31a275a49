// The second step of *Insert times*: choosing offered times, in the recipient's zone.

import { ask } from "../ask.js";
import { locale, say } from "../say.js";
import { button, field, make, select } from "./elements.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("../../messages.js").Day} Day */

const DAYS_AT_ONCE = 14;
const DAY = 86_400_000;

/**
 * @param {object} about
 * @param {string} about.url the link whose times they are
 * @param {string | null} about.eventType
 * @param {string | undefined} about.timezone the last one
 * @param {(action: () => Promise<Refusal | null>) => void} about.run does something that may be refused
 */
export function timesStep({ url, eventType, timezone, run }) {
  const zones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ownZone()])].sort();
  const zone = select(
    zones.map((name) => ({ value: name, text: name.replaceAll("_", " ") })),
    timezone && zones.includes(timezone) ? timezone : ownZone(),
  );
  const list = make("div", { class: "days", role: "group", "aria-label": say("chooseTimes") });
  const hint = make("p", { class: "hint", role: "status" });
  const later = button(say("laterDays"), () => run(() => load(until, 1)));
  const part = make("div", { class: "part" }, field(say("timezone"), zone), list, hint, later);
  /** @type {Set<string>} */
  const chosen = new Set();
  let from = "";
  let until = "";
  zone.addEventListener("change", () => run(() => load(today(zone.value))));

  /**
   * Shows the days from `date` on. What was chosen before stays chosen, shown or not.
   * @param {string} date
   * @param {number} [after] days after it to begin with
   * @returns {Promise<Refusal | null>}
   */
  async function load(date, after = 0) {
    const begin = addDays(date, after);
    const end = addDays(begin, DAYS_AT_ONCE - 1);
    const timezone = zone.value;
    const found = await ask({
      kind: "slots",
      url,
      ...(eventType ? { event_type: eventType } : {}),
      from: begin,
      to: end,
      timezone,
    });
    if (!found.ok) return found;
    if (timezone !== zone.value) return load(today(zone.value)); // another one was chosen meanwhile
    [from, until] = [begin, end];
    draw(found.days);
    return null;
  }

  /** @param {Day[]} days */
  function draw(days) {
    const inWords = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    const dayName = new Intl.DateTimeFormat(locale, inWords);
    const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone.value });
    list.replaceChildren(
      ...days.map(({ date, slots }) =>
        make(
          "fieldset",
          {},
          make("legend", {}, dayName.format(Date.parse(date))),
          make("div", { class: "slots" }, ...slots.map(({ start }) => slot(start, time.format(Date.parse(start))))),
        ),
      ),
    );
    list.hidden = !days.length;
    const name = (/** @type {string} */ date) => dayName.format(Date.parse(date));
    hint.textContent = days.length ? "" : say("noTimes", { from: name(from), to: name(until) });
    list.scrollTop = 0;
  }

  /** @param {string} start @param {string} words */
  function slot(start, words) {
    const input = make("input", { type: "checkbox", value: start, "aria-label": words });
    input.checked = chosen.has(start);
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(start);
      else chosen.delete(start);
      hint.textContent = "";
    });
    return make("label", { class: "slot" }, input, make("span", {}, words));
  }
  return {
    element: part,
    focus: () => zone.focus(),
    load: () => load(today(zone.value)),
    timezone: () => zone.value,
    /** What was chosen; says so where nothing was. */
    starts() {
      if (!chosen.size) hint.textContent = say("noTimeChosen");
      return [...chosen];
    },
  };
}

function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The date now in a zone. @param {string} zone */
function today(zone) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const of = Object.fromEntries(parts.formatToParts(Date.now()).map(({ type, value }) => [type, value]));
  return `${of["year"]}-${of["month"]}-${of["day"]}`;
}

/** @param {string} date @param {number} days */
function addDays(date, days) {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
