// The panel's dialog: modal, in a shadow root, near the button. The browser makes the rest of the page inert and closes
// the dialog at Escape; events in the dialog do not reach Gmail's shortcuts.

import { translate } from "../../texts/gmail/translate.js";
import { language } from "../../texts/translator.js";
import { button, createElement } from "../../shared/elements.js";
import { attachShadow } from "../shadow.js";
import { placer } from "./place.js";
import { STYLE } from "./style.js";

/** Milliseconds: a screen reader ignores what stands in a region when it gets to know it. */
const MOMENT = 100;
const TABBABLE = "button, input, select, [tabindex='0']";

/**
 * @typedef {object} PanelDialog
 * @property {HTMLElement} content
 * @property {HTMLElement} foot below the content; stays in view unless the window is low
 * @property {(text: string) => void} account shows the account in the header
 * @property {(text: string) => void} announce lets screen readers say a text, which is shown elsewhere. This is the
 *   panel's only live region: of several texts in one moment, the last one is said
 * @property {() => void} close
 * @property {AbortSignal} signal is aborted when the dialog is closed
 */

/**
 * @param {{near: Element | null, dark: boolean, closed: (isByPerson: boolean) => void}} options `closed` is told
 *   whether the person closed the dialog, and not `close`
 * @returns {PanelDialog}
 */
export function openDialog({ near, dark, closed }) {
  const gone = new AbortController();
  // Its texts are in our language, which may not be Gmail's; all our languages are written from left to right.
  const host = createElement("div", { "data-admitone": "panel", lang: language(), dir: "ltr" });
  const account = createElement("p", { class: "account" });
  const content = createElement("div", { class: "content" });
  const foot = createElement("div", { class: "foot" });
  const ticket = createElement(
    "div",
    { class: "ticket", tabindex: "-1" },
    createElement(
      "header",
      {},
      createElement("p", { class: "eyebrow" }, "Admit One"),
      createElement("h2", { id: "title" }, translate("panel")),
      account,
      closeButton(() => finish(true)),
    ),
    createElement("div", { class: "tear" }),
    content,
    foot,
  );
  const said = createElement("p", { class: "said", role: "status" });
  const dialog = createElement(
    "dialog",
    { "data-theme": dark ? "dark" : "light", "aria-labelledby": "title" },
    ticket,
    said,
  );
  attachShadow(host).append(createElement("style", {}, STYLE), dialog);
  for (const type of ["keydown", "keypress", "keyup", "input", "paste", "copy", "cut", "mousedown", "click"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  dialog.addEventListener("keydown", (event) => keepFocus(ticket, event));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    finish(true);
  });
  dialog.addEventListener("close", () => finish(true)); // at a second Escape a browser may close it without `cancel`
  dialog.addEventListener("mousedown", (event) => {
    if (event.target !== dialog || !isOutside(dialog, event)) return;
    event.preventDefault(); // the focus is restored, and must not go where the mouse is
    if (event.detail > 1) return; // the second click of a double click on the button must not close the panel
    finish(true);
  });
  document.body.append(host);
  dialog.showModal();
  const place = placer(dialog, near);
  watch();

  /** No event tells that the button has moved, or that the element with the focus is gone: each frame looks. */
  function watch() {
    if (gone.signal.aborted) return;
    place();
    if (document.activeElement === document.body) ticket.focus(); // without a focus, keys would be Gmail's shortcuts
    requestAnimationFrame(watch);
  }

  let pause = 0;
  /** @param {string} text */
  function announce(text) {
    clearTimeout(pause);
    pause = setTimeout(() => (said.textContent = text), MOMENT);
  }

  /** @param {boolean} isByPerson */
  function finish(isByPerson) {
    if (gone.signal.aborted) return;
    gone.abort();
    dialog.close();
    host.remove();
    closed(isByPerson);
  }
  return {
    content,
    foot,
    account: (text) => account.replaceChildren(text),
    announce,
    close: () => finish(false),
    signal: gone.signal,
  };
}

/** @param {() => void} press */
function closeButton(press) {
  const element = button("×", press, "cross");
  element.ariaLabel = translate("close");
  return element;
}

/**
 * Keep the focus in the panel: after the last element, Tab goes to the first.
 * @param {HTMLElement} ticket
 * @param {KeyboardEvent} event
 */
function keepFocus(ticket, event) {
  if (event.key !== "Tab") return;
  const stops = /** @type {HTMLInputElement[]} */ ([...ticket.querySelectorAll(TABBABLE)]).filter(
    (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.getClientRects().length > 0,
  );
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const { activeElement } = /** @type {ShadowRoot} */ (ticket.getRootNode());
  if (activeElement !== edge && activeElement !== ticket) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** @param {HTMLElement} dialog @param {MouseEvent} event */
function isOutside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
