// Choosing a page: a field to search in, and the pages it finds, the last one first.

import { say } from "../say.js";
import { field, make } from "./elements.js";

/** @typedef {import("../../messages.js").SharedPage} SharedPage */

/**
 * @param {SharedPage[]} pages at least one; the first one is chosen
 * @param {(page: SharedPage) => void} changed
 */
export function pagePicker(pages, changed) {
  const list = make("ul", { role: "listbox", id: "pages", "aria-label": say("pages") });
  const nothing = make("p", { class: "hint", role: "status" });
  const search = make("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "true",
    "aria-controls": "pages",
    "aria-autocomplete": "list",
  });
  const options = pages.map((page, place) => {
    const row = make("li", { role: "option", id: `page-${place}` }, page.title);
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => choose(place));
    return row;
  });
  list.append(...options);

  let chosen = 0;
  let active = 0;
  search.addEventListener("input", () => {
    const shown = filter();
    activate(shown.includes(active) ? active : (shown[0] ?? -1));
  });
  search.addEventListener("keydown", (event) => {
    const shown = filter();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && shown.length) {
      event.preventDefault();
      activate(shown[(shown.indexOf(active) + step + shown.length) % shown.length] ?? -1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    }
  });
  draw();

  /** Shows what the search finds; answers its places. */
  function filter() {
    const words = fold(search.value).split(/\s+/);
    const shown = pages.flatMap(({ title }, place) =>
      words.every((word) => fold(title).includes(word)) ? [place] : [],
    );
    for (const [place, option] of options.entries()) option.hidden = !shown.includes(place);
    list.hidden = !shown.length;
    search.ariaExpanded = String(shown.length > 0);
    nothing.textContent = shown.length ? "" : say("noMatch");
    return shown;
  }

  /** @param {number} place */
  function activate(place) {
    active = place;
    draw();
    options[place]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} place */
  function choose(place) {
    chosen = place;
    activate(place);
    changed(page());
  }

  function draw() {
    for (const [place, option] of options.entries()) {
      option.ariaSelected = String(place === chosen);
      option.toggleAttribute("data-active", place === active);
    }
    if (active >= 0) search.setAttribute("aria-activedescendant", `page-${active}`);
    else search.removeAttribute("aria-activedescendant");
  }

  function page() {
    return /** @type {SharedPage} */ (pages[chosen]);
  }
  return { parts: [field(say("findPage"), search), list, nothing], search, page };
}

/** Without case and accents. @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
