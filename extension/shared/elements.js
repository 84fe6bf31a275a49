// Building elements. Texts only ever become text: nothing here is parsed as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} [attributes] `true` sets one without a value, `false` leaves it out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

let fields = 0;

/** A labelled field. @param {string} label @param {HTMLElement} control */
export function field(label, control) {
  control.id = `field-${++fields}`;
  return make("div", { class: "field" }, make("label", { class: "label", for: control.id }, label), control);
}

/** On or off. @param {string} label @param {(isOn: boolean) => void} changed */
export function toggle(label, changed) {
  const input = make("input", { type: "checkbox", role: "switch" });
  input.addEventListener("change", () => changed(input.checked));
  return { input, row: make("label", { class: "switch" }, make("span", {}, label), input) };
}

/** @typedef {{value: string, text: string}} Option */

/** A list to choose from. @param {readonly Option[]} list @param {string} [chosen] */
export function select(list, chosen) {
  return make("select", {}, ...options(list, chosen));
}

/** @param {readonly Option[]} list @param {string} [chosen] its value; one that is not there leaves the first one */
export function options(list, chosen) {
  return list.map(({ value, text }) => make("option", { value, selected: value === chosen }, text));
}

/** @param {string} text @param {() => void} press @param {string} [looks] */
export function button(text, press, looks = "") {
  const element = make("button", { type: "button", class: looks }, text);
  element.addEventListener("click", press);
  return element;
}
