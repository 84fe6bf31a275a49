// A notice near the button: the extension was updated, so Gmail has to be reloaded. It uses no code of the panel, which
// cannot be loaded any more, and is small, because every page with a compose loads it. Its colours fit Gmail's light
// and dark themes. It contains no data, so it needs no shadow root.

import { translate } from "../texts/button/translate.js";
import { language } from "../texts/translator.js";

const BOX = `all: initial; position: fixed; display: block; box-sizing: border-box; width: min(280px, 100vw - 16px);
  padding: 12px 16px 4px; border: 1px solid #5d6570; border-radius: 10px; background: #20242a; color: #fff;
  font: 14px/20px "Google Sans", Roboto, system-ui, sans-serif;`;
const CLOSE = `all: initial; outline: revert; display: block; margin: 0 -8px 0 auto; padding: 12px; color: #f08a78;
  font: inherit; font-weight: 500; cursor: pointer;`;

/** @param {HTMLElement} near the button that was pressed @param {string} text */
export function showReload(near, text) {
  const { left, top } = near.getBoundingClientRect();
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  dialog.dataset.admitone = "notice";
  dialog.lang = language();
  dialog.role = "alertdialog";
  dialog.ariaLabel = text;
  dialog.style.cssText = `${BOX}
    left: clamp(8px, ${left}px, 100vw - 288px); bottom: clamp(8px, ${innerHeight - top + 8}px, 100vh - 160px);`;
  close.style.cssText = CLOSE;
  close.textContent = translate("close");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  // Gmail takes no key or click in here as its own.
  for (const type of ["keydown", "keypress", "keyup", "mousedown", "click"]) {
    dialog.addEventListener(type, (event) => event.stopPropagation());
  }
  dialog.append(text, close);
  document.body.append(dialog);
  dialog.showModal(); // the browser moves the focus to Close, and back when the dialog is closed
}
