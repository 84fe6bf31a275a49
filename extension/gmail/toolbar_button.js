// The button in a compose's toolbar. It is one element, which carries the name; its looks are in its shadow.

import { icon } from "./icon.js";
import { spoken } from "./say.js";

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
 * A button with an accessible `name`. `press` gets whether the Shift key was held; it never throws.
 * @param {{name: string, press: (isShifted: boolean) => void, signal: AbortSignal}} options
 */
export function makeButton({ name, press, signal }) {
  const button = document.createElement("div");
  button.dataset.admitone = "button";
  button.role = "button";
  button.lang = spoken;
  button.tabIndex = 1; // Gmail's own order goes by it
  button.ariaLabel = name;
  button.title = name;
  button.ariaHasPopup = "dialog";
  button.ariaExpanded = "false";
  const style = document.createElement("style");
  style.textContent = STYLE;
  button.attachShadow({ mode: "open" }).append(style, icon());

  // The caret stays where it is, and Gmail does not take the press for one of its own.
  button.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
  button.addEventListener(
    "click",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      press(event.shiftKey);
    },
    { signal },
  );
  for (const type of /** @type {const} */ (["keydown", "keyup"])) {
    button.addEventListener(
      type,
      (event) => {
        const isPress = event.key === "Enter" || event.key === " ";
        if (!isPress || event.ctrlKey || event.metaKey || event.altKey) return; // Ctrl+Enter sends
        event.preventDefault();
        event.stopPropagation();
        if (type === "keydown" && !event.repeat) press(event.shiftKey);
      },
      { signal },
    );
  }
  return button;
}
