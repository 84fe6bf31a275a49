// The week in which hours are drawn with a mouse. It reads and writes the time fields below it, which are sent.

const DAY = 1440;
const STEP = 15;
const EDGE = 8; // pixels at each end of a span that change its length

/** @typedef {{start: HTMLInputElement, end: HTMLInputElement}} Fields */
/** @typedef {"start" | "end" | "all"} Grip */
/** @typedef {{column: HTMLElement, fields: Fields, from: number, to: number, grip: Grip, at: number}} Drag */

/** @param {HTMLElement} grid */
export function enableWeek(grid) {
  const days = [...document.querySelectorAll("[data-day]")].filter((day) => day instanceof HTMLElement);
  grid.hidden = false;
  drawFrame(grid, days);
  const draw = () => days.forEach((_, place) => drawDay(grid, days, place));
  draw();
  for (const day of days) day.addEventListener("input", draw);
  /** @type {Drag | null} */
  let drag = null;
  grid.addEventListener("pointerdown", (event) => {
    drag = begin(event, days);
    if (!drag) return;
    event.preventDefault();
    grid.setPointerCapture(event.pointerId);
    draw();
  });
  grid.addEventListener("pointermove", (event) => {
    if (!drag) return;
    pull(drag, minute(event, drag.column));
    draw();
  });
  const end = () => {
    if (!drag) return; // drawing again would remove the button that is being pressed
    if (drag.from === drag.to) clear(drag.fields);
    drag = null;
    draw();
  };
  grid.addEventListener("pointerup", end);
  grid.addEventListener("pointercancel", end);
  grid.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    const span = event.target.parentElement;
    const fields = span && fieldsOf(days[Number(span.dataset.day)])[Number(span.dataset.place)];
    if (fields) clear(fields);
    draw();
  });
}

/**
 * @param {HTMLElement} grid
 * @param {HTMLElement[]} days
 */
function drawFrame(grid, days) {
  grid.append(element("span", "name"));
  for (const day of days) grid.append(element("span", "name", day.dataset.short));
  for (let hour = 0; hour < 24; hour += 1) {
    const row = element("div", "hour");
    if (hour % 3 === 0 && hour) row.append(element("span", "", text(hour * 60)));
    row.style.gridRow = String(hour + 2);
    row.style.gridColumn = "1";
    grid.append(row);
  }
  days.forEach((_, place) => {
    const column = element("div", "column");
    column.dataset.day = String(place);
    column.style.gridColumn = String(place + 2);
    grid.append(column);
  });
}

/**
 * Draw one day's spans, and those of the day before that run past midnight.
 * @param {HTMLElement} grid
 * @param {HTMLElement[]} days
 * @param {number} place
 */
function drawDay(grid, days, place) {
  const column = grid.querySelector(`.column[data-day="${place}"]`);
  const before = days[(place + days.length - 1) % days.length];
  const spilt = spansOf(before).filter(({ to }) => to > DAY).map(({ to }) => span(0, to - DAY, "spilt"));
  const own = spansOf(days[place]).map(({ from, to, index }) => {
    const drawn = span(from, Math.min(to, DAY), "");
    drawn.dataset.day = String(place);
    drawn.dataset.place = String(index);
    drawn.append(`${text(from)}–${text(to % DAY)}`, remove());
    return drawn;
  });
  column?.replaceChildren(...spilt, ...own);
}

/** @param {HTMLElement | undefined} day */
function spansOf(day) {
  return fieldsOf(day).flatMap((fields, index) => {
    const from = minutes(fields.start.value);
    const to = minutes(fields.end.value);
    return from === null || to === null ? [] : [{ from, to: to > from ? to : to + DAY, index, fields }];
  });
}

/**
 * What the pointer grabs: a span, one of its ends, or an empty place where a new span begins.
 * @param {PointerEvent} event
 * @param {HTMLElement[]} days
 * @returns {Drag | null}
 */
function begin(event, days) {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const column = target?.closest(".column");
  if (event.button || !target || !(column instanceof HTMLElement) || target.closest("button")) return null;
  const day = days[Number(column.dataset.day)];
  if (!day) return null;
  const at = minute(event, column);
  const held = target.closest(".span:not(.spilt)");
  if (held instanceof HTMLElement) {
    const index = Number(held.dataset.place);
    const found = spansOf(day).find((one) => one.index === index);
    if (!found) return null;
    const box = held.getBoundingClientRect();
    const grip = event.clientY - box.top < EDGE ? "start" : box.bottom - event.clientY < EDGE ? "end" : "all";
    return { column, fields: found.fields, from: found.from, to: found.to, grip, at };
  }
  return { column, fields: emptyFields(day), from: at, to: at, grip: "end", at };
}

/**
 * Move the grabbed span or end to the pointer.
 * @param {Drag} drag
 * @param {number} at
 */
function pull(drag, at) {
  if (drag.grip === "all") {
    const by = Math.max(-drag.from, Math.min(at - drag.at, DAY - STEP - drag.from, Math.max(0, DAY - drag.to)));
    drag.from += by;
    drag.to += by;
    drag.at += by;
  } else if (drag.grip === "end") drag.to = Math.max(at, drag.from);
  else drag.from = Math.min(at, drag.to - STEP);
  drag.fields.start.value = text(drag.from);
  drag.fields.end.value = text(drag.to % DAY);
}

/**
 * Empty fields of a day; if all are in use, a copy of the last ones.
 * @param {HTMLElement} day
 * @returns {Fields}
 */
function emptyFields(day) {
  const all = fieldsOf(day);
  const free = all.find(({ start, end }) => !start.value && !end.value);
  if (free) return free;
  const last = /** @type {HTMLElement} */ ([...day.querySelectorAll("[data-window]")].at(-1));
  const copy = /** @type {HTMLElement} */ (last.cloneNode(true));
  for (const field of copy.querySelectorAll("input")) {
    field.value = "";
    field.name = field.name.replace(/\.\d+\./, `.${all.length}.`);
  }
  last.after(copy);
  return fieldsIn(copy);
}

/** @param {HTMLElement | undefined} day */
function fieldsOf(day) {
  return [...(day?.querySelectorAll("[data-window]") ?? [])].map(fieldsIn);
}

/**
 * @param {Element} window
 * @returns {Fields}
 */
function fieldsIn(window) {
  return {
    start: /** @type {HTMLInputElement} */ (window.querySelector("[data-start]")),
    end: /** @type {HTMLInputElement} */ (window.querySelector("[data-end]")),
  };
}

/** @param {Fields} fields */
function clear(fields) {
  fields.start.value = "";
  fields.end.value = "";
}

/**
 * The minute of the day under the pointer, rounded to a quarter of an hour.
 * @param {PointerEvent} event
 * @param {HTMLElement} column
 */
function minute(event, column) {
  const box = column.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  return Math.round(Math.max(0, Math.min(1, part)) * (DAY / STEP)) * STEP;
}

/** @param {string} value */
function minutes(value) {
  const match = /^(\d\d):(\d\d)/.exec(value);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** @param {number} at */
function text(at) {
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}

/**
 * @param {number} from
 * @param {number} to
 * @param {string} kind
 */
function span(from, to, kind) {
  const drawn = element("div", `span ${kind}`.trim());
  drawn.style.top = `${(from / DAY) * 100}%`;
  drawn.style.height = `${((to - from) / DAY) * 100}%`;
  return drawn;
}

function remove() {
  const button = element("button", "", "×");
  button.setAttribute("type", "button");
  button.tabIndex = -1;
  return button;
}

/**
 * @param {string} name
 * @param {string} kind
 * @param {string} [content]
 */
function element(name, kind, content = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = content;
  return made;
}
