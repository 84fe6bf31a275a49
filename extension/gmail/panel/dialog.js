// The panel's frame: a modal dialog in a shadow root, near the button. The browser keeps the rest of the page inert
// meanwhile and knows Escape; what is typed in it does not reach Gmail's shortcuts.

import { say, spoken } from "../say.js";
import { button, make } from "./elements.js";
import { STYLE } from "./style.js";

const GAP = 8;
const LOW = 360;
const TABBABLE = "button, input, select, [tabindex='0']";

/**
 * @typedef {object} Frame
 * @property {HTMLElement} content what scrolls where the window is low
 * @property {HTMLElement} foot what is always in sight below it
 * @property {(text: string) => void} account says whose panel it is
 * @property {() => void} close
 * @property {AbortSignal} signal aborted once it is closed
 */

/**
 * @param {{near: Element | null, dark: boolean, closed: (isByHand: boolean) => void}} options `closed` is told
 *   whether a person closed it, rather than `close`
 * @returns {Frame}
 */
export function openFrame({ near, dark, closed }) {
  const gone = new AbortController();
  // Its words are in our language, whatever Gmail's is, and all of ours are written from left to right.
  const host = make("div", { "data-admitone": "panel", lang: spoken, dir: "ltr" });
  const account = make("p", { class: "account" });
  const content = make("div", { class: "content" });
  const foot = make("div", { class: "foot" });
  const dialog = make(
    "dialog",
    { "data-theme": dark ? "dark" : "light", "aria-labelledby": "title" },
    make(
      "header",
      {},
      make("p", { class: "eyebrow" }, "Admit One"),
      make("h2", { id: "title" }, say("panel")),
      account,
      cross(() => finish(true)),
    ),
    make("div", { class: "tear" }),
    content,
    foot,
  );
  host.attachShadow({ mode: "open" }).append(make("style", {}, STYLE), dialog);
  for (const type of ["keydown", "keypress", "keyup", "input", "paste", "copy", "cut", "mousedown", "click"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  dialog.addEventListener("keydown", (event) => keepFocus(dialog, event));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    finish(true);
  });
  dialog.addEventListener("close", () => finish(true)); // a browser may insist on Escape
  dialog.addEventListener("mousedown", (event) => {
    if (event.target !== dialog || !isOutside(dialog, event)) return;
    event.preventDefault(); // the focus goes where it was, not where the mouse is
    if (event.detail > 1) return; // who clicks the button twice does not mean to close the panel
    finish(true);
  });
  document.body.append(host);
  place(dialog, near);
  dialog.showModal();

  /** @param {boolean} isByHand */
  function finish(isByHand) {
    if (gone.signal.aborted) return;
    gone.abort();
    dialog.close();
    host.remove();
    closed(isByHand);
  }
  return {
    content,
    foot,
    account: (text) => account.replaceChildren(text),
    close: () => finish(false),
    signal: gone.signal,
  };
}

/** @param {() => void} press */
function cross(press) {
  const element = button("×", press, "cross");
  element.ariaLabel = say("close");
  return element;
}

/**
 * Above the button where there is room, else at the bottom.
 * @param {HTMLElement} dialog
 * @param {Element | null} near
 */
function place(dialog, near) {
  const { innerWidth, innerHeight } = window;
  const rect = near?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2 - 160, innerHeight, 0, 0);
  const bottom = rect.top >= LOW ? Math.min(innerHeight - GAP, innerHeight - rect.top + GAP) : GAP;
  const left = Math.max(GAP, Math.min(rect.left, innerWidth - 320 - GAP));
  Object.assign(dialog.style, {
    left: `${left}px`,
    bottom: `${Math.max(GAP, bottom)}px`,
    maxHeight: `${innerHeight - Math.max(GAP, bottom) - GAP}px`,
  });
}

/** Tab goes round within the panel. @param {HTMLElement} dialog @param {KeyboardEvent} event */
function keepFocus(dialog, event) {
  if (event.key !== "Tab") return;
  const stops = /** @type {HTMLInputElement[]} */ ([...dialog.querySelectorAll(TABBABLE)]).filter(
    (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.getClientRects().length > 0,
  );
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const { activeElement } = /** @type {ShadowRoot} */ (dialog.getRootNode());
  if (activeElement !== edge && activeElement !== dialog) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** @param {HTMLElement} dialog @param {MouseEvent} event */
function isOutside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
