// The popup without a list: a text, and one button that helps.

import { elementById } from "../shared/document.js";
import { translate } from "../texts/popup/translate.js";

const section = elementById("empty-state", HTMLElement);
const button = elementById("empty-state-button", HTMLButtonElement);

/** @type {() => void} */
let act = () => {};
button.addEventListener("click", () => act());

/**
 * @param {string} text
 * @param {"sign-in" | "options" | "again" | "gmail" | "dashboard"} label the key of the button's text
 * @param {() => void} press
 */
export function showEmptyState(text, label, press) {
  elementById("empty-state-text", HTMLElement).textContent = text;
  button.textContent = translate(label);
  act = press;
  section.hidden = false;
}

export function hideEmptyState() {
  section.hidden = true;
}
