// The preview: what would be inserted, as the recipient sees it, and as plain text.

import { createElement } from "../../shared/elements.js";
import { translate } from "../../texts/preview/translate.js";
import { mailElements } from "./mail_elements.js";
import { sampleContent } from "./sample_content.js";
import { STYLE } from "./style.js";

/** @import {LinkRequest, Times} from "../link_request.js" */
/** @typedef {() => {request: LinkRequest | null, times?: Times}} Wanted without a request, nothing is shown */

const PAUSE = 300; // milliseconds without a change, after which the server is asked

/** @param {Wanted} wanted */
export function makePreview(wanted) {
  const hint = createElement("p", { class: "hint" });
  const mail = createElement("div", { class: "mail" });
  const plain = createElement("div", { class: "mail plain" });
  const shown = createElement("div", { class: "preview" }, ...labelled("formatted", mail), ...labelled("plain", plain));
  let pause = 0;
  let asked = 0;
  void show();

  async function show() {
    const turn = ++asked;
    const { request, times } = wanted();
    const found = request && (await sampleContent(request, times));
    if (turn !== asked) return; // asked again in the meantime
    shown.hidden = !found?.ok;
    hint.textContent = !found ? "" : found.ok ? translate("noLinkYet") : found.message;
    if (!found?.ok) return;
    mail.replaceChildren(...mailElements(found.html, found.url));
    plain.textContent = found.text;
  }
  return {
    element: createElement("div", { class: "field" }, createElement("style", {}, STYLE), shown, hint),
    update() {
      clearTimeout(pause);
      pause = window.setTimeout(show, PAUSE);
    },
  };
}

/** @param {"formatted" | "plain"} key @param {HTMLElement} element with a name, for screen readers */
function labelled(key, element) {
  element.role = "group";
  element.tabIndex = 0; // it may have to be scrolled
  element.ariaLabel = translate(key);
  return [createElement("span", { class: "label", "aria-hidden": "true" }, translate(key)), element];
}
