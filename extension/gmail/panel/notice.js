// A panel that only says something, and may hold a link to be copied by hand.

import { bodyOf } from "../compose.js";
import { say } from "../say.js";
import { isDark } from "../theme.js";
import { button, field, make } from "./elements.js";
import { openFrame } from "./frame.js";

/** @param {HTMLElement | null} root the compose that it is about @param {string} words @param {string} [link] */
export function showNotice(root, words, link) {
  const frame = openFrame({
    near: root,
    dark: isDark(root ?? document.body),
    closed: () => root && bodyOf(root)?.focus(),
  });
  const part = make("div", { class: "part" }, make("p", { class: "problem", role: "alert" }, words));
  if (link) part.append(field(say("yourLink"), make("input", { type: "text", readonly: true, value: link })));
  const close = button(say("close"), frame.close, "primary");
  frame.content.append(part);
  frame.foot.append(make("footer", {}, close));
  close.focus();
}
