// The step that chooses times: the week grid, and a preview of the chosen times. It is loaded with
// the grid.

import { createElement } from "../../shared/elements.js";
import { translate } from "../../texts/gmail/translate.js";
import { disclosure } from "./disclosure.js";

/** @import {LinkRequest, Times} from "../link_request.js" */
/** @typedef {typeof import("../grid/grid.js").weekGrid} WeekGrid */

/**
 * @param {WeekGrid} weekGrid
 * @param {LinkRequest} request
 * @param {Pick<Parameters<WeekGrid>[0], "timezone" | "run" | "announce">} options
 */
export function timesStep(weekGrid, request, options) {
  const { page } = request;
  const eventType = request.eventType ?? page.event_types[0]?.id ?? null;
  const grid = weekGrid({ page: page.id, eventType, ...options });
  const preview = disclosure(async () => {
    const { makePreview } = await import("../preview/preview.js");
    return () =>
      makePreview(() => {
        const times = chosen();
        return { request: times.starts.length ? request : null, times };
      });
  });
  preview.toggle.textContent = translate("preview");
  for (const type of ["click", "change", "keyup"]) grid.element.addEventListener(type, preview.update);

  /** The chosen times; if there are none, the grid says so. @returns {Times} */
  function chosen() {
    return { starts: grid.starts(), timezone: grid.timezone(), eventType };
  }
  return {
    element: createElement("div", {}, grid.element, createElement("div", { class: "part" }, preview.element)),
    focus: grid.focus,
    load: grid.load,
    chosen,
  };
}
