// The second step of *Insert times*: choosing free times, in the recipient's time zone.

import { sendMessage } from "../send_message.js";
import { translate } from "../../texts/gmail/translate.js";
import { locale } from "../../texts/translator.js";
import { button, field, createElement, select } from "../../shared/elements.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("../../messages.js").Day} Day */

const DAYS_AT_ONCE = 14;
const DAY = 86_400_000;

/**
 * @param {object} about
 * @param {string} about.page the id of the page whose times are offered
 * @param {string | null} about.eventType
 * @param {string | undefined} about.timezone of the last choices
 * @param {(action: () => Promise<Refusal | null>) => void} about.run runs an action that may be refused
 */
export function timesStep({ page, eventType, timezone, run }) {
  const zones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ownZone()])].sort();
  const zone = select(
    zones.map((name) => ({ value: name, text: name.replaceAll("_", " ") })),
    timezone && zones.includes(timezone) ? timezone : ownZone(),
  );
  const list = createElement("div", { class: "days", role: "group", "aria-label": translate("chooseTimes") });
  const hint = createElement("p", { class: "hint", role: "status" });
  const later = button(translate("laterDays"), () => run(() => load(until, 1)));
  const part = createElement("div", { class: "part" }, field(translate("timezone"), zone), list, hint, later);
  /** @type {Set<string>} */
  const chosen = new Set();
  let from = "";
  let until = "";
  zone.addEventListener("change", () => run(() => load(today(zone.value))));

  /**
   * Show the days from `date` on. Times that were chosen before stay chosen, even if they are not shown.
   * @param {string} date
   * @param {number} [after] number of days after `date` at which to begin
   * @returns {Promise<Refusal | null>}
   */
  async function load(date, after = 0) {
    const begin = addDays(date, after);
    const end = addDays(begin, DAYS_AT_ONCE - 1);
    const timezone = zone.value;
    const found = await sendMessage({
      kind: "slots",
      page,
      ...(eventType ? { event_type: eventType } : {}),
      from: begin,
      to: end,
      timezone,
    });
    if (!found.ok) return found;
    if (timezone !== zone.value) return load(today(zone.value)); // the time zone was changed in the meantime
    [from, until] = [begin, end];
    draw(found.days);
    return null;
  }

  /** @param {Day[]} days */
  function draw(days) {
    const dayFormat = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    const dayName = new Intl.DateTimeFormat(locale(), dayFormat);
    const name = (/** @type {string} */ date) => dayName.format(Date.parse(date));
    const time = new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", timeZone: zone.value });
    list.replaceChildren(
      ...days.map(({ date, slots }) => {
        const inputs = slots.map(({ start }) => slot(start, time.format(Date.parse(start))));
        const legend = createElement("legend", {}, name(date));
        return createElement("fieldset", {}, legend, createElement("div", { class: "slots" }, ...inputs));
      }),
    );
    list.hidden = !days.length;
    hint.textContent = days.length ? "" : translate("noTimes", { from: name(from), to: name(until) });
    list.scrollTop = 0;
  }

  /** @param {string} start @param {string} text */
  function slot(start, text) {
    const input = createElement("input", { type: "checkbox", value: start, "aria-label": text });
    input.checked = chosen.has(start);
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(start);
      else chosen.delete(start);
      hint.textContent = "";
    });
    return createElement("label", { class: "slot" }, input, createElement("span", {}, text));
  }
  return {
    element: part,
    focus: () => zone.focus(),
    load: () => load(today(zone.value)),
    timezone: () => zone.value,
    /** The chosen times; if there are none, a hint says so. */
    starts() {
      if (!chosen.size) hint.textContent = translate("noTimeChosen");
      return [...chosen];
    },
  };
}

function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Today's date in a time zone, as YYYY-MM-DD. @param {string} zone */
function today(zone) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const of = Object.fromEntries(parts.formatToParts(Date.now()).map(({ type, value }) => [type, value]));
  return `${of["year"]}-${of["month"]}-${of["day"]}`;
}

/** @param {string} date @param {number} days */
function addDays(date, days) {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
