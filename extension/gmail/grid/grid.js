// The second step of *Insert times*: choosing free times of a week, in the recipient's time zone. The worker computes
// what stands in the week; this is drawn here.

import { button, createElement } from "../../shared/elements.js";
import { translate } from "../../texts/grid/translate.js";
import { sendMessage } from "../send_message.js";
import { makeChoosable } from "./choosing.js";
import { STYLE } from "./style.js";
import { zonePicker } from "./zone_picker.js";

/** @import {Refusal, Week} from "../../messages.js" */

const MOST = 40; // the API takes no more

/**
 * @param {object} about
 * @param {string} about.page the id of the page whose times are offered
 * @param {string | null} about.eventType
 * @param {string | undefined} about.timezone of the last choices
 * @param {(action: () => Promise<Refusal | null>) => void} about.run runs an action that may be refused
 * @param {(text: string) => void} about.announce lets screen readers say a text
 */
export function weekGrid({ page, eventType, timezone = "", run, announce }) {
  /** @type {Set<string>} */
  const chosen = new Set();
  /** @type {Week | undefined} */
  let week;
  let shown = ""; // a day of the week that is shown; empty: today

  /** As many days as are wide enough for a finger. */
  const length = () => (part.clientWidth >= 560 ? 7 : part.clientWidth >= 320 ? 3 : 1);
  const cells = () => /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll("td[id]"));
  const show = (/** @type {string | undefined} */ date) => run(() => load(date));
  const zone = zonePicker(translate("timezone"), timezone, () => run(load), translate("noZone"), announce);
  const back = button(translate("earlier"), () => show(week?.earlier));
  const forth = button(translate("later"), () => show(week?.later));
  const title = createElement("b");
  const table = createElement("table", { role: "grid", "aria-multiselectable": "true" });
  const busy = createElement("div", { role: "list" });
  const scroller = createElement("div", { class: "week" }, table, busy);
  const hint = createElement("p", { class: "hint" });
  const count = createElement("span");
  const clear = button(translate("clear"), () => {
    chosen.clear();
    mark();
  });
  const part = createElement(
    "div",
    { class: "part" },
    createElement("style", {}, STYLE),
    ...zone.parts,
    createElement("div", { class: "bar" }, back, button(translate("today"), () => show("")), forth, title),
    scroller,
    hint,
    createElement("div", { class: "bar" }, count, clear),
  );
  makeChoosable(table, choose, (isLater) => show(week?.[isLater ? "later" : "earlier"]));
  new ResizeObserver(() => week?.days.length !== length() && run(load)).observe(part);
  mark();

  /** Load and show the week of a day. What was chosen stays chosen. @returns {Promise<Refusal | null>} */
  async function load(date = shown) {
    const timezone = zone.value();
    const found = await sendMessage({ kind: "week", page, event_type: eventType, date, timezone, length: length() });
    if (!found.ok) return found;
    if (zone.value() !== timezone) return load(date); // changed in the meantime
    shown = date;
    draw(found);
    return null;
  }

  /** @param {Week} found */
  function draw(found) {
    const hadFocus = table.matches(":focus-within");
    week = found;
    zone.set(found.timezone, found.zone);
    title.textContent = table.ariaLabel = found.title;
    back.disabled = !found.earlier;
    const days = found.days.map(({ name, weekday, number }) =>
      createElement("th", { "aria-label": name }, weekday, createElement("b", {}, number)),
    );
    const rows = found.rows.map(({ text, cells }) => {
      const drawn = cells.map((cell) => {
        if (!cell) return createElement("td");
        const attributes = { id: cell.start, tabindex: "-1", "aria-label": cell.name };
        return createElement("td", attributes, text, createElement("small", {}, cell.note));
      });
      return createElement("tr", {}, createElement("th", {}, text), ...drawn);
    });
    table.replaceChildren(createElement("tr", {}, createElement("td", {}, found.corner), ...days), ...rows);
    const blocks = found.busy.map(({ column, from, to, name, text }) => {
      const style = `--days: ${days.length}; --column: ${column}; --from: ${from}; --to: ${to}`;
      return createElement("div", { role: "listitem", "aria-label": name, style }, text);
    });
    busy.replaceChildren(...blocks);
    mark(found.hint);
    announce(found.hint || found.title);
    const [first] = cells();
    if (first) {
      first.tabIndex = 0;
      scroller.scrollTop = first.offsetTop - first.offsetHeight; // the head is as high as a row
    }
    if (hadFocus) (first ?? forth).focus();
  }

  /** @param {HTMLElement} cell @param {boolean} isChosen */
  function choose({ id }, isChosen) {
    if (isChosen && chosen.size >= MOST && !chosen.has(id)) return tell("most");
    chosen[isChosen ? "add" : "delete"](id);
    mark();
    announce(count.textContent);
  }

  /** Show what is chosen, and a hint. */
  function mark(text = "") {
    for (const cell of cells()) cell.ariaSelected = `${chosen.has(cell.id)}`;
    const { size } = chosen;
    count.textContent = size ? translate(size > 1 ? "many" : "one", { count: size }) : "";
    hint.textContent = text;
  }

  /** @param {"most" | "noTimeChosen"} key */
  function tell(key) {
    hint.textContent = translate(key, { most: MOST });
    announce(hint.textContent);
  }
  return {
    element: part,
    focus: zone.focus,
    load,
    timezone: zone.value,
    /** The chosen times, sorted; if there are none, a hint says so. */
    starts() {
      if (!chosen.size) tell("noTimeChosen");
      return [...chosen].sort();
    },
  };
}
