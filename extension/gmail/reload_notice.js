// A notice near the button: the extension was updated, so Gmail has to be reloaded. It uses no code of the panel, which
// cannot be loaded any more, and is small, because every page with a compose loads it. Its colours fit Gmail's light
// and dark themes. It contains no data, so it needs no shadow root.

import { translate } from "../texts/button/translate.js";
import { language } from "../texts/language.js";

const STYLE = `position: fixed; inset: auto; margin: 0; width: min(246px, 100vw - 50px); padding: 12px 16px 4px;
border: 1px solid #5d6570; border-radius: 10px; background: #20242a; color: #fff; font: 14px/20px system-ui;`;
const CLOSE = "float: right; padding: 12px; border: 0; background: none; color: #f08a78; font: inherit";

/** @param {HTMLElement} near the button that was pressed @param {string} text */
export function showReload(near, text) {
  const { left, top } = near.getBoundingClientRect();
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  dialog.dataset.admitone = "notice";
  dialog.lang = language();
  dialog.role = "alertdialog";
  dialog.ariaLabel = text;
  dialog.style.cssText = `${STYLE} left: clamp(8px, ${left}px, 100vw - 288px);
bottom: clamp(8px, ${innerHeight - top + 8}px, 100vh - 160px)`;
  close.style.cssText = CLOSE;
  close.textContent = translate("close");
  close.onclick = () => dialog.close();
  dialog.onclose = () => dialog.remove();
  // Gmail takes no key in here as its own.
  dialog.onkeydown = dialog.onkeypress = dialog.onkeyup = (event) => event.stopPropagation();
  dialog.append(text, close);
  document.body.append(dialog);
  dialog.showModal(); // the browser moves the focus to Close, and back when the dialog is closed
}
