// Choosing a page: a search field, and the list of pages that match.

import { translate } from "../../texts/gmail/translate.js";
import { field, createElement } from "../../shared/elements.js";

/** @typedef {import("../../messages.js").SharedPage} SharedPage */

/**
 * @param {SharedPage[]} pages at least one; the first one is chosen
 * @param {(page: SharedPage) => void} changed
 * @param {(text: string) => void} announce
 */
export function pagePicker(pages, changed, announce) {
  const list = createElement("ul", { role: "listbox", id: "pages", "aria-label": translate("pages") });
  const noMatch = createElement("p", { class: "hint" });
  const search = createElement("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "true",
    "aria-controls": "pages",
    "aria-autocomplete": "list",
  });
  const options = pages.map((page, index) => {
    const row = createElement("li", { role: "option", id: `page-${index}` }, page.title);
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => choose(index));
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
    if (event.isComposing) return; // its Enter ends the composition
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

  /** Show the pages that match the search. @returns {number[]} their indexes */
  function filter() {
    const terms = fold(search.value).split(/\s+/);
    const shown = pages.flatMap(({ title }, index) =>
      terms.every((term) => fold(title).includes(term)) ? [index] : [],
    );
    for (const [index, option] of options.entries()) option.hidden = !shown.includes(index);
    list.hidden = !shown.length;
    search.ariaExpanded = String(shown.length > 0);
    const hint = shown.length ? "" : translate("noMatch");
    if (noMatch.textContent !== hint) announce((noMatch.textContent = hint)); // once, and not for each letter
    return shown;
  }

  /** @param {number} index */
  function activate(index) {
    active = index;
    draw();
    options[index]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    activate(index);
    changed(page());
  }

  function draw() {
    for (const [index, option] of options.entries()) {
      option.ariaSelected = String(index === chosen);
      option.toggleAttribute("data-active", index === active);
    }
    if (active >= 0) search.setAttribute("aria-activedescendant", `page-${active}`);
    else search.removeAttribute("aria-activedescendant");
  }

  function page() {
    return /** @type {SharedPage} */ (pages[chosen]);
  }
  return { parts: [field(translate("findPage"), search), list, noMatch], search, page };
}

/** Text without case and accents, to be compared. @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
