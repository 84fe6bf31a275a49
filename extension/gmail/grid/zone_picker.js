// Choosing the recipient's time zone: a field that finds it by city, country or name.

import { field, createElement } from "../../shared/elements.js";
import { sendMessage } from "../send_message.js";

/**
 * @param {string} label
 * @param {string} zone is chosen first; empty: the browser's own
 * @param {() => void} changed
 * @param {string} none is shown and announced if no zone is found
 * @param {(text: string) => void} announce
 */
export function zonePicker(label, zone, changed, none, announce) {
  let name = "";
  /** @type {Element | null | undefined} */
  let active;
  const list = createElement("ul", { role: "listbox", id: "zones", "aria-label": label });
  const input = createElement("input", {
    role: "combobox",
    autocomplete: "off",
    "aria-controls": "zones",
    "aria-autocomplete": "list",
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (list.hidden && key === "ArrowDown") void open();
    else if (list.hidden) return;
    else if (key === "ArrowDown") activate(active?.nextElementSibling);
    else if (key === "ArrowUp") activate(active?.previousElementSibling);
    else if (key === "Enter") choose(/** @type {HTMLElement | null | undefined} */ (active));
    else if (key === "Escape") close();
    else return;
    event.preventDefault(); // Escape closes the list only
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => choose(/** @type {HTMLElement} */ (target)));
  close();

  async function open() {
    const text = input.value === name ? "" : input.value;
    const found = await sendMessage({ kind: "zones", text, timezone: zone });
    if (!found.ok || !input.matches(":focus")) return;
    const rows = found.zones.map((one) =>
      createElement("li", { role: "option", id: one.zone, "aria-selected": `${one.zone === zone}` }, one.name),
    );
    list.replaceChildren(...(rows[0] ? rows : [none]));
    list.hidden = false;
    input.ariaExpanded = "true";
    if (!rows[0]) announce(none);
    activate(rows[0]);
  }

  /** @param {Element | null | undefined} row */
  function activate(row) {
    if (!row) return;
    active?.removeAttribute("data-active");
    row.toggleAttribute("data-active");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
    active = row;
  }

  /** @param {HTMLElement | null | undefined} row */
  function choose(row) {
    if (row?.parentNode !== list) return; // a row of an earlier search
    set(row.id, row.innerText);
    changed();
  }

  function close() {
    list.hidden = true;
    input.ariaExpanded = "false";
    input.value = name;
  }

  /** @param {string} wanted @param {string} text */
  function set(wanted, text) {
    [zone, name] = [wanted, text];
    close();
  }
  return { parts: [field(label, input), list], focus: () => input.focus(), value: () => zone, set };
}
