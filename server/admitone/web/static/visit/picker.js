// The calendar and the times: shows them and reacts to choices.

import { drawTimes, drawWeeks, markDay, moveFocus } from "./calendar.js";
import { addDays, dateTexts, monthEnd, monthStart } from "./dates.js";
import { buttonFor, chosenStart, element } from "./elements.js";
import { slotSource } from "./slots.js";
import { startZone } from "./zone.js";

/** @typedef {import("./dates.js").Texts} Texts */

/**
 * Takes over the calendar of `form`; returns a function for the texts of the present zone.
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 */
export function startPicker(form, say) {
  const { api = "", eventType, locale = "en", clock = "h23", weekStart, marked } = form.dataset;
  const { earliest = "", last = "", zone = "UTC", now } = form.dataset;
  const weeks = element("weeks");
  const status = element("status");
  const source = slotSource(api, eventType);
  const loaded = performance.now();
  const clockNow = () => Number(now) * 1000 + performance.now() - loaded; // the reader's clock may be wrong

  let texts = dateTexts(locale, clock, zone);
  let month = form.dataset.month ?? "";
  let day = form.dataset.open || null;
  /** @type {import("./slots.js").Days | null} */
  let days = null;
  let turn = 0;

  /**
   * Shows the month of `date` and its first free day from `date` on. With `seeks` it goes on to the next month
   * if this one has no free day.
   * @param {string} date
   * @param {{ seeks?: boolean }} [how]
   */
  async function show(date, { seeks = false } = {}) {
    const mine = ++turn;
    form.classList.add("loading");
    status.textContent = say("loading");
    try {
      const found = await source.month(monthStart(date), texts.zone);
      if (mine !== turn) return; // another month was requested meanwhile
      const next = addDays(monthEnd(date), 1);
      if (seeks && !found.size && next <= last) return void show(next);
      [days, month] = [found, monthStart(date)];
      day = [...found.keys()].find((one) => one >= date) ?? [...found.keys()][0] ?? null;
      drawMonth(found);
    } catch {
      if (mine === turn) status.textContent = say("failed");
    } finally {
      if (mine === turn) form.classList.remove("loading");
    }
  }

  /** @param {import("./slots.js").Days} found */
  function drawMonth(found) {
    const today = texts.date(clockNow());
    element("month-name").textContent = texts.month(month);
    drawWeeks(weeks, { month, today, weekStart: Number(weekStart), chosen: day, days: found, texts });
    // These dates are in another zone, hence the margin of a day.
    earlier.hidden = addDays(month, -1) < addDays(earliest, -1);
    later.hidden = addDays(monthEnd(month), 1) > addDays(last, 1);
    drawDay(found);
  }

  /** @param {import("./slots.js").Days} found */
  function drawDay(found) {
    const slots = (day && found.get(day)) || [];
    const name = day ? texts.day(day) : say("none", { month: texts.month(month) });
    const view = { texts, chosen: chosenStart(form), marked: Number(marked) * 1000, word: say("mark") };
    markDay(weeks, day);
    drawTimes(element("slots"), slots, view);
    element("day-name").textContent = name;
    element("none").hidden = slots.length > 0;
    status.textContent = day ? say("free", { day: name, count: String(slots.length) }) : name;
    form.dispatchEvent(new Event("change"));
  }

  const earlier = stepButton("earlier", () => show(monthStart(addDays(month, -1))));
  const later = stepButton("later", () => show(addDays(monthEnd(month), 1)));
  weeks.addEventListener("keydown", (event) => moveFocus(weeks, event));
  weeks.addEventListener("click", (event) => {
    const target = event.target instanceof Element && event.target.closest("[data-day]");
    if (!(target instanceof HTMLElement) || !target.dataset.day) return;
    event.preventDefault();
    day = target.dataset.day;
    if (days) drawDay(days);
    else void show(day);
  });

  const isMoved = startZone(form, say, {
    texts: () => texts,
    now: clockNow,
    set(name) {
      texts = dateTexts(locale, clock, name);
      days = null;
      const start = chosenStart(form); // its date may be another one in the new zone
      void show(start ? texts.date(Date.parse(start)) : (day ?? month), { seeks: true });
    },
  });
  if (!isMoved && day) {
    const mine = turn;
    const keep = (/** @type {import("./slots.js").Days} */ found) => void (mine === turn && (days = found));
    source.month(month, texts.zone).then(keep, () => {}); // so that the other days of the month are known
  }
  return () => texts;
}

/**
 * A button instead of the link to another month.
 * @param {string} direction
 * @param {() => void} turn
 */
function stepButton(direction, turn) {
  const link = element(`turn=${direction}`);
  const button = buttonFor(link);
  button.hidden = link.localName === "span";
  button.setAttribute("aria-label", link.dataset.label ?? "");
  button.addEventListener("click", turn);
  return button;
}
