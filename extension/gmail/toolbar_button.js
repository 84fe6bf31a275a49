// The button in a compose's toolbar: one element with the accessible name; its style is in its shadow root.

import { icon } from "./icon.js";
import { attachShadow } from "./shadow.js";
import { language } from "../texts/language.js";

const STYLE = `
:host { display: inline-grid !important; place-items: center; width: 32px; height: 32px; margin: 0 4px;
border-radius: 50%; vertical-align: middle; cursor: pointer; outline: none; user-select: none; }
:host(:hover), :host([aria-expanded="true"]) { background: color-mix(in srgb, currentColor 12%, transparent); }
:host(:focus-visible) { outline: 2px solid currentColor; outline-offset: -2px; }
:host([aria-busy="true"]) { opacity: .5; cursor: progress; }
svg { width: 20px; height: 20px; }
`;

/**
 * A button with the accessible `name`. `press` is told whether the Shift key was held; it must not throw.
 * @param {string} name
 * @param {(isShifted: boolean) => void} press
 */
export function makeButton(name, press) {
  const button = document.createElement("div");
  button.dataset.admitone = "button";
  Object.assign(button, {
    role: "button",
    lang: language(),
    tabIndex: 1, // Gmail orders its own buttons by tabindex 1
    ariaLabel: name,
    title: name,
    ariaHasPopup: "dialog",
    ariaExpanded: "false",
  });
  const style = document.createElement("style");
  style.textContent = STYLE;
  attachShadow(button).append(style, icon());

  for (const type of /** @type {const} */ (["mousedown", "click", "keydown", "keyup"])) {
    button.addEventListener(type, (/** @type {MouseEvent | KeyboardEvent} */ event) => {
      const isKey = event instanceof KeyboardEvent;
      const isOther = isKey && !["Enter", " "].includes(event.key);
      if (isOther || (isKey && (event.ctrlKey || event.metaKey || event.altKey))) return; // Ctrl+Enter sends
      event.preventDefault(); // keeps the caret where it is
      if (type === "mousedown") return;
      event.stopPropagation(); // keeps the press from Gmail's own handlers
      if (type !== "keyup" && !(isKey && event.repeat)) press(event.shiftKey);
    });
  }
  return button;
}
