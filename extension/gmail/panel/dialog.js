// The panel's dialog: modal, in a shadow root, near the button. The browser makes the rest of the page inert and closes
// the dialog at Escape; events in the dialog do not reach Gmail's shortcuts.

import { translate } from "../../texts/gmail/translate.js";
import { language } from "../../texts/translator.js";
import { button, createElement } from "../../shared/elements.js";
import { STYLE } from "./style.js";

const GAP = 8;
const LOW = 360;
const TABBABLE = "button, input, select, [tabindex='0']";

/**
 * @typedef {object} PanelDialog
 * @property {HTMLElement} content scrolls if the window is low
 * @property {HTMLElement} foot is always visible, below the content
 * @property {(text: string) => void} account shows the account in the header
 * @property {(text: string) => void} announce lets screen readers say a text, which is shown elsewhere
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
  const dialog = createElement(
    "dialog",
    { "data-theme": dark ? "dark" : "light", "aria-labelledby": "title" },
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
  dialog.append(said);
  host.attachShadow({ mode: "open" }).append(createElement("style", {}, STYLE), dialog);
  for (const type of ["keydown", "keypress", "keyup", "input", "paste", "copy", "cut", "mousedown", "click"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  dialog.addEventListener("keydown", (event) => keepFocus(dialog, event));
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
  new ResizeObserver(() => place(dialog, near)).observe(dialog);

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
    announce: (text) => said.replaceChildren(text),
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
 * Place the dialog above the button if there is room, else at the bottom of the window.
 * @param {HTMLElement} dialog
 * @param {Element | null} near
 */
function place(dialog, near) {
  const { innerWidth, innerHeight } = window;
  const rect = near?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2 - 160, innerHeight, 0, 0);
  const bottom = rect.top >= LOW ? Math.min(innerHeight - GAP, innerHeight - rect.top + GAP) : GAP;
  const left = Math.max(GAP, Math.min(rect.left, innerWidth - dialog.offsetWidth - GAP));
  Object.assign(dialog.style, {
    left: `${left}px`,
    bottom: `${Math.max(GAP, bottom)}px`,
    maxHeight: `${innerHeight - Math.max(GAP, bottom) - GAP}px`,
  });
}

/**
 * Keep the focus in the panel: after the last element, Tab goes to the first.
 * @param {HTMLElement} dialog
 * @param {KeyboardEvent} event
 */
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
