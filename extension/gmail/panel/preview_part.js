// The button *Preview* and what it opens. Its code is loaded at the first press.

import { translate } from "../../texts/gmail/translate.js";
import { button, createElement } from "../../shared/elements.js";
import { lazily } from "../lazy.js";

/** @import {Preview, Wanted} from "../preview/preview.js" */

/** @param {Wanted} wanted */
export function previewPart(wanted) {
  const place = createElement("div", { class: "field", id: "preview", hidden: true });
  const toggle = button(translate("preview"), () => void press());
  toggle.ariaExpanded = "false";
  toggle.setAttribute("aria-controls", place.id);
  /** @type {Preview | null} */
  let preview = null;

  async function press() {
    place.hidden = !place.hidden;
    toggle.ariaExpanded = String(!place.hidden);
    if (place.hidden) return;
    if (!preview) {
      const loaded = await lazily(() => import("../preview/preview.js"));
      if (loaded.ok) preview ??= loaded.module.makePreview(wanted);
      place.replaceChildren(preview?.element ?? (loaded.ok ? "" : loaded.message));
    }
    await preview?.show();
    place.scrollIntoView({ block: "nearest" });
  }
  return {
    element: createElement("div", { class: "field" }, toggle, place),
    /** What is previewed may have changed. */
    update: () => void (place.hidden || preview?.update()),
  };
}
