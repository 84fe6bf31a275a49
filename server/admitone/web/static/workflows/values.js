// Custom values: a button at each text that takes them opens a list, and puts the chosen one where the cursor was.

import { readTexts } from "../visit/texts.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

export function enableValues() {
  const list = document.querySelector("[data-values]");
  if (!(list instanceof HTMLElement)) return;
  list.hidden = true;
  const text = readTexts();
  for (const place of document.querySelectorAll("[data-template]")) {
    const field = place.querySelector("input, textarea");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    if (field.disabled || place.querySelector(".pick-value")) continue;
    const button = element("button", "pick-value", text("custom-values"));
    button.type = "button";
    const label = place.querySelector("label")?.textContent ?? "";
    button.setAttribute("aria-label", text("custom-values-for", { field: label }));
    button.addEventListener("click", () => openPicker(list, field));
    place.append(button);
  }
}

/**
 * @param {HTMLElement} list
 * @param {Field} field
 */
function openPicker(list, field) {
  const text = readTexts();
  const dialog = element("dialog", "picker");
  dialog.setAttribute("aria-label", text("custom-values"));
  const close = element("button", "quiet", text("close"));
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  const search = element("input", "");
  search.type = "search";
  search.setAttribute("aria-label", text("find-value"));
  search.placeholder = text("find-value");
  const head = element("div", "picker-head");
  const title = element("h2", "", text("custom-values"));
  title.append(close);
  head.append(title, search);
  const body = groups(list, (value) => {
    insert(field, value);
    dialog.close();
  });
  const nothing = element("p", "empty", text("no-value"));
  nothing.hidden = true;
  dialog.append(head, body, nothing);
  search.addEventListener("input", () => { nothing.hidden = filter(body, search.value); });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = body.querySelector("button:not([hidden])");
    if (first instanceof HTMLButtonElement) first.click();
  });
  dialog.addEventListener("keydown", (event) => step(event, dialog));
  dialog.addEventListener("close", () => {
    dialog.remove();
    field.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  search.focus();
}

/**
 * The values under the names of their groups.
 * @param {HTMLElement} list
 * @param {(value: string) => void} choose
 */
function groups(list, choose) {
  const body = element("div", "");
  for (const title of list.querySelectorAll("h3")) {
    const group = element("section", "");
    group.append(element("h3", "", title.textContent ?? ""));
    for (const item of title.nextElementSibling?.querySelectorAll("[data-value]") ?? []) {
      const value = item.getAttribute("data-value") ?? "";
      const button = element("button", "value");
      button.type = "button";
      button.append(element("span", "", item.querySelector("span")?.textContent ?? ""), element("code", "", value));
      button.addEventListener("click", () => choose(value));
      group.append(button);
    }
    body.append(group);
  }
  return body;
}

/**
 * Show the values in which a text occurs; returns whether there are any.
 * @param {HTMLElement} body
 * @param {string} sought
 */
function filter(body, sought) {
  const words = sought.trim().toLowerCase();
  for (const group of body.querySelectorAll("section")) {
    for (const button of group.querySelectorAll("button")) {
      button.hidden = !`${group.firstElementChild?.textContent} ${button.textContent}`.toLowerCase().includes(words);
    }
    group.hidden = !group.querySelector("button:not([hidden])");
  }
  return Boolean(body.querySelector("button:not([hidden])"));
}

/**
 * Arrow keys go through the values.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} dialog
 */
function step(event, dialog) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...dialog.querySelectorAll("input, button.value:not([hidden])")]
    .filter((one) => one instanceof HTMLElement && one.offsetParent);
  const at = stops.indexOf(/** @type {Element} */ (document.activeElement));
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/**
 * Put a value where the cursor is, in place of what is selected.
 * @param {Field} field
 * @param {string} value
 */
function insert(field, value) {
  const start = field.selectionStart ?? field.value.length;
  field.setRangeText(value, start, field.selectionEnd ?? start, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 */
function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
