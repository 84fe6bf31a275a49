// The button in a compose's toolbar: one element with the accessible name; its style is in its shadow root.

import { icon } from "./icon.js";
import { attachShadow } from "./shadow.js";
import { language } from "../texts/language.js";

const STYLE = `
  :host {
    display: inline-flex !important; align-items: center; justify-content: center; box-sizing: border-box;
    width: 32px; height: 32px; margin: 0 4px; border-radius: 50%; vertical-align: middle; cursor: pointer;
    color: inherit; background: transparent; outline: none; user-select: none;
  }
  :host(:hover), :host([aria-expanded="true"]) { background: color-mix(in srgb, currentColor 12%, transparent); }
  :host(:focus-visible) { outline: 2px solid currentColor; outline-offset: -2px; }
  :host([aria-busy="true"]) { opacity: .5; cursor: progress; }
  svg { display: block; width: 20px; height: 20px; }
`;

/**
 * A button with the accessible `name`. `press` is told whether the Shift key was held; it must not throw.
 * @param {string} name
 * @param {(isShifted: boolean) => void} press
 */
export function makeButton(name, press) {
  const button = document.createElement("div");
  button.dataset.admitone = "button";
  button.role = "button";
  button.lang = language();
  button.tabIndex = 1; // Gmail orders its own buttons by tabindex 1
  button.ariaLabel = name;
  button.title = name;
  button.ariaHasPopup = "dialog";
  button.ariaExpanded = "false";
  const style = document.createElement("style");
  style.textContent = STYLE;
  attachShadow(button).append(style, icon());

  // Keep the caret where it is, and keep the press from Gmail's own handlers.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  for (const type of /** @type {const} */ (["click", "keydown", "keyup"])) {
    button.addEventListener(type, (/** @type {MouseEvent | KeyboardEvent} */ event) => {
      const isKey = event instanceof KeyboardEvent;
      const isOther = isKey && event.key !== "Enter" && event.key !== " ";
      if (isOther || (isKey && (event.ctrlKey || event.metaKey || event.altKey))) return; // Ctrl+Enter sends
      event.preventDefault();
      event.stopPropagation();
      if (type !== "keyup" && !(isKey && event.repeat)) press(event.shiftKey);
    });
  }
  return button;
}
