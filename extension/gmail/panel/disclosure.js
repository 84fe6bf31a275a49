// A button that opens a part of the panel. The part's code is loaded at the first press.

import { button, createElement } from "../../shared/elements.js";
import { lazily } from "../lazy.js";

/** @typedef {{element: HTMLElement, update: () => void}} Part `update`: what it shows may have changed */

/** @param {() => Promise<() => Part>} load a function that makes the part */
export function disclosure(load) {
  const place = createElement("div", { hidden: true });
  const toggle = button("", () => void press());
  toggle.ariaExpanded = "false";
  /** @type {Part | null} */
  let part = null;

  async function press() {
    place.hidden = !place.hidden;
    toggle.ariaExpanded = String(!place.hidden);
    if (place.hidden) return;
    if (part) return part.update();
    const loaded = await lazily(load);
    if (loaded.ok) part ??= loaded.module();
    place.replaceChildren(part?.element ?? (loaded.ok ? "" : loaded.message));
    toggle.scrollIntoView({ block: "start" });
  }
  return {
    element: createElement("div", { class: "field" }, toggle, place),
    toggle,
    update: () => void (place.hidden || part?.update()),
  };
}
