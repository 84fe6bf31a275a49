// A panel with a notice only, and perhaps a link to be copied by hand.

import { bodyOf } from "../body.js";
import { translate } from "../../texts/gmail/translate.js";
import { isDark } from "../theme.js";
import { button, field, createElement } from "../../shared/elements.js";
import { openDialog } from "./dialog.js";

/** @param {HTMLElement | null} root of the compose, if there is one @param {string} text @param {string} [link] */
export function showNotice(root, text, link) {
  const dialog = openDialog({
    near: root,
    dark: isDark(root ?? document.body),
    closed: () => root && bodyOf(root)?.focus(),
  });
  const part = createElement("div", { class: "part" }, createElement("p", { class: "problem" }, text));
  if (link) {
    const input = createElement("input", { type: "text", readonly: true, value: link });
    part.append(field(translate("yourLink"), input));
  }
  const close = button(translate("close"), dialog.close, "primary");
  dialog.content.append(part);
  dialog.foot.append(createElement("footer", {}, close));
  close.focus();
  dialog.announce(text);
}
