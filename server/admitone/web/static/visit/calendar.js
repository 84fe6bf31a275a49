// Draws weeks of the calendar, and the times of a day.

import { WEEK, addDays } from "./dates.js";

/** @typedef {import("./dates.js").Texts} Texts */
/** @typedef {import("./slots.js").Days} Days */
/** @typedef {import("./slots.js").Slot} Slot */

/**
 * Draws the weeks from `first` to `last`.
 * @param {HTMLElement} body
 * @param {{first: string, last: string, today: string, chosen: string | null, days: Days, texts: Texts}} view
 */
export function drawWeeks(body, { first, last, today, chosen, days, texts }) {
  const rows = [];
  for (let day = first; day <= last;) {
    const row = document.createElement("tr");
    for (let place = 0; place < WEEK; place++, day = addDays(day, 1)) {
      row.insertCell().append(cell(day, { today, chosen, count: days.get(day)?.length ?? 0, texts }));
    }
    rows.push(row);
  }
  body.replaceChildren(...rows);
}

/**
 * @param {string} day
 * @param {{today: string, chosen: string | null, count: number, texts: Texts}} about
 */
function cell(day, { today, chosen, count, texts }) {
  const element = document.createElement(count ? "button" : "span");
  const number = Number(day.slice(8));
  element.className = "day";
  element.textContent = String(number);
  if (number === 1) element.dataset.begins = texts.monthShort(day);
  element.classList.toggle("today", day === today);
  if (element instanceof HTMLButtonElement) {
    element.type = "button";
    element.classList.add("free");
    element.dataset.day = day;
    element.setAttribute("aria-label", texts.day(day));
    mark(element, day === chosen);
  }
  return element;
}

/** Shows which day is chosen. @param {HTMLElement} body @param {string | null} chosen */
export function markDay(body, chosen) {
  for (const element of body.querySelectorAll("[data-day]")) {
    if (element instanceof HTMLElement) mark(element, element.dataset.day === chosen);
  }
}

/** @param {HTMLElement} element @param {boolean} isChosen */
function mark(element, isChosen) {
  element.classList.toggle("chosen", isChosen);
  if (isChosen) element.setAttribute("aria-current", "date");
  else element.removeAttribute("aria-current");
}

/**
 * Draws the times of a day; only `chosen` is chosen, the time at `marked` (epoch milliseconds) has `word`.
 * @param {HTMLElement} list
 * @param {Slot[]} slots
 * @param {{texts: Texts, chosen: string | null, marked: number, word: string}} view
 */
export function drawTimes(list, slots, { texts, chosen, marked, word }) {
  list.replaceChildren(
    ...slots.map((slot) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const face = document.createElement("span");
      const start = Date.parse(slot.start);
      label.className = "slot";
      face.className = "face";
      face.textContent = texts.time(start);
      Object.assign(input, { type: "radio", name: "start", value: slot.start, required: true });
      input.checked = slot.start === chosen;
      if (start === marked) {
        label.classList.add("marked");
        const small = document.createElement("small");
        small.textContent = word;
        face.append(" ", small);
      }
      label.append(input, face);
      return label;
    }),
  );
}

/** Arrow keys move the focus from one free day to another. @param {HTMLElement} body @param {KeyboardEvent} event */
export function moveFocus(body, event) {
  const days = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("[data-day]")]);
  const here = days.indexOf(/** @type {HTMLElement} */ (event.target));
  const forward = getComputedStyle(body).direction === "rtl" ? -1 : 1;
  const steps = /** @type {Record<string, number>} */ ({
    ArrowLeft: -forward,
    ArrowRight: forward,
    Home: -here,
    End: days.length - 1 - here,
  });
  const weeks = /** @type {Record<string, number>} */ ({ ArrowUp: -WEEK, ArrowDown: WEEK });
  if (here < 0 || !(event.key in steps || event.key in weeks)) return;
  event.preventDefault();
  const wanted = event.key in weeks ? addDays(days[here]?.dataset.day ?? "", weeks[event.key] ?? 0) : "";
  const target = wanted
    ? days.find((day) => day.dataset.day === wanted)
    : days[here + (steps[event.key] ?? 0)];
  target?.focus();
}
