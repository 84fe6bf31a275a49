// Creating elements. Texts are inserted as text nodes and attributes: nothing is parsed as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} [attributes] `true` sets one without a value, `false` leaves it out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function createElement(tag, attributes = {}, ...children) {
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
  const labelled = createElement("label", { class: "label", for: control.id }, label);
  return createElement("div", { class: "field" }, labelled, control);
}

/** A labelled switch. @param {string} label @param {(isOn: boolean) => void} changed */
export function toggle(label, changed) {
  const input = createElement("input", { type: "checkbox", role: "switch" });
  input.addEventListener("change", () => changed(input.checked));
  return { input, row: createElement("label", { class: "switch" }, createElement("span", {}, label), input) };
}

/** @typedef {{value: string, text: string}} Option */

/** A select element. @param {readonly Option[]} list @param {string} [chosen] */
export function select(list, chosen) {
  return createElement("select", {}, ...options(list, chosen));
}

/** @param {readonly Option[]} list @param {string} [chosen] its value; an unknown value selects the first option */
export function options(list, chosen) {
  return list.map(({ value, text }) => createElement("option", { value, selected: value === chosen }, text));
}

/** A button. @param {string} text @param {() => void} press @param {string} [className] */
export function button(text, press, className = "") {
  const element = createElement("button", { type: "button", class: className }, text);
  element.addEventListener("click", press);
  return element;
}
