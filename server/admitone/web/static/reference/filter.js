/** Shows only calls whose address, summary or fields contain every typed word. */

import { all, byId } from "./elements.js";

export function filterCalls() {
  const input = byId("filter-text", HTMLInputElement);
  const found = byId("filter-found", HTMLElement);
  const items = new Map(all(document, "[data-for]").map((item) => [item.dataset.for, item]));
  const calls = all(document, "[data-call]").map((article) => ({
    parts: [article, items.get(article.dataset.call)],
    text: article.textContent.toLowerCase(),
  }));
  const groups = all(document, "[data-group], main > section");

  function apply() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { parts, text } of calls) {
      const fits = words.every((word) => text.includes(word));
      for (const part of parts) if (part) part.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const group of groups) {
      const its = all(group, "[data-for], [data-call]");
      group.hidden = its.length > 0 && its.every((one) => one.hidden);
    }
    found.textContent = words.length ? `${count} ${count === 1 ? "call" : "calls"}` : "";
  }

  input.addEventListener("input", apply);
  byId("filter", HTMLElement).hidden = false;
  apply(); // the browser may have kept what was typed before
}
