// What the popup says where there is no list, and the one thing that helps.

import { element } from "../pages/page.js";
import { say } from "./say.js";

const place = element("instead", HTMLElement);
const button = element("instead-button", HTMLButtonElement);

/** @type {() => void} */
let act = () => {};
button.addEventListener("click", () => act());

/**
 * @param {string} text
 * @param {"sign-in" | "options" | "again" | "gmail" | "dashboard"} help
 * @param {() => void} press
 */
export function showInstead(text, help, press) {
  element("instead-text", HTMLElement).textContent = text;
  button.textContent = say(help);
  act = press;
  place.hidden = false;
}

/** There is a list again. */
export function hideInstead() {
  place.hidden = true;
}
