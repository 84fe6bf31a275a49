// The calendar and the times: shows them and reacts to choices.

import { drawTimes, drawWeeks, markDay, moveFocus } from "./calendar.js";
import { startClock } from "./clock.js";
import { addDays, dateTexts, weeksAround } from "./dates.js";
import { buttonFor, chosenStart, element } from "./elements.js";
import { slotSource } from "./slots.js";
import { startZone } from "./zone.js";

/** @typedef {import("./dates.js").Texts} Texts */

/**
 * Takes over the calendar of `form`; returns a function for the texts of the present zone.
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 * @param {AbortSignal} signal ends it, when another page takes the place of this one
 */
export function startPicker(form, say, signal) {
  const { api = "", eventType, locale = "en", weekStart, marked } = form.dataset;
  const { earliest = "", latest = "", zone = "UTC", now, first = "", last = "" } = form.dataset;
  const weeks = element("weeks");
  const status = element("status");
  const parts = form.querySelector("[data-parts]");
  const source = slotSource(api, eventType);
  const loaded = performance.now();
  const clockNow = () => Number(now) * 1000 + performance.now() - loaded; // the reader's clock may be wrong

  let { clock = "h23" } = form.dataset;
  const textsIn = (/** @type {string} */ name) => dateTexts(locale, clock, name, say);
  let texts = textsIn(zone);
  let shown = { first, last };
  let day = form.dataset.open || null;
  /** @type {import("./slots.js").Days | null} */
  let days = null;
  let turn = 0;
  signal.addEventListener("abort", () => turn++);

  /**
   * Shows the weeks around `date` and their first free day from `date` on. With `seeks` it goes on to later weeks
   * if these have no free day.
   * @param {string} date
   * @param {{ seeks?: boolean }} [how]
   */
  async function show(date, { seeks = false } = {}) {
    const mine = ++turn;
    form.classList.add("loading");
    status.textContent = say("loading");
    try {
      const span = weeksAround(texts.date(clockNow()), date, Number(weekStart));
      const found = await source.days(span, texts.zone);
      if (mine !== turn) return; // other weeks were requested meanwhile
      const next = addDays(span.last, 1);
      if (seeks && !found.size && next <= latest) return void show(next);
      [days, shown] = [found, span];
      day = [...found.keys()].find((one) => one >= date) ?? [...found.keys()][0] ?? null;
      drawCalendar(found);
    } catch {
      if (mine === turn) status.textContent = say("failed");
    } finally {
      if (mine === turn) form.classList.remove("loading");
    }
  }

  /** @param {import("./slots.js").Days} found */
  function drawCalendar(found) {
    const today = texts.date(clockNow());
    element("month-name").textContent = months(today);
    drawWeeks(weeks, { ...shown, today, chosen: day, days: found, texts });
    // These dates are in another zone, hence the margin of a day.
    earlier.hidden = shown.first <= today || addDays(shown.first, -1) < addDays(earliest, -1);
    later.hidden = addDays(shown.last, 1) > addDays(latest, 1);
    drawDay(found);
  }

  /** @param {import("./slots.js").Days} found */
  function drawDay(found) {
    const slots = (day && found.get(day)) || [];
    const name = day ? texts.day(day) : say("none", { month: months(texts.date(clockNow())) });
    const view = { texts, chosen: chosenStart(form), marked: Number(marked) * 1000, word: say("mark") };
    markDay(weeks, day);
    parts?.remove(); // the whole day is drawn
    drawTimes(element("slots"), slots, view);
    element("day-name").textContent = name;
    element("none").hidden = slots.length > 0;
    status.textContent = day ? say("free", { day: name, count: String(slots.length) }) : name;
    form.dispatchEvent(new Event("change"));
  }

  /** The months of the days that are shown, without days that are over. @param {string} today */
  function months(today) {
    return texts.months(today > shown.first ? today : shown.first, shown.last);
  }

  /** Shows the weeks before, from their first day on. */
  function turnBack() {
    const today = texts.date(clockNow());
    void show(weeksAround(today, addDays(shown.first, -1), Number(weekStart)).first);
  }

  const times = element("times");
  const earlier = stepButton("earlier", turnBack);
  const later = stepButton("later", () => show(addDays(shown.last, 1)));
  weeks.addEventListener("keydown", (event) => moveFocus(weeks, event));
  weeks.addEventListener("click", (event) => {
    const target = event.target instanceof Element && event.target.closest("[data-day]");
    if (!(target instanceof HTMLElement) || !target.dataset.day) return;
    event.preventDefault();
    day = target.dataset.day;
    if (days) drawDay(days);
    else void show(day);
    if (event.detail === 0) times.focus({ preventScroll: true }); // by the keyboard: on to the times
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    times.scrollIntoView({ block: "nearest", behavior });
  });

  const isMoved = startZone(form, say, signal, {
    texts: (name) => (name ? textsIn(name) : texts),
    now: clockNow,
    set(name) {
      texts = textsIn(name);
      days = null;
      const start = chosenStart(form); // its date may be another one in the new zone
      void show(start ? texts.date(Date.parse(start)) : (day ?? shown.first), { seeks: true });
    },
  });
  startClock(form, (chosen) => {
    clock = chosen;
    texts = textsIn(texts.zone);
    element("now-there").textContent = texts.time(clockNow());
    if (days) drawDay(days);
    else void show(day ?? shown.first);
  });
  if (!isMoved && day) {
    const mine = turn;
    const keep = (/** @type {import("./slots.js").Days} */ found) => {
      if (mine !== turn) return;
      days = found;
      if (parts?.isConnected) drawDay(found);
    };
    source.days(shown, texts.zone).then(keep, () => {}); // so that the other days are known
  }
  return () => texts;
}

/**
 * A button instead of the link to other weeks.
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
