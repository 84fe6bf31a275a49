/** Shows only calls whose address or summary contains every typed word. */

import { all, byId } from "./elements.js";

export function filterCalls() {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const input = byId("filter-text", HTMLInputElement);
  const found = byId("filter-found", HTMLElement);
  const calls = all(document, "[data-call]").map((item) => ({ item, text: item.textContent.toLowerCase() }));
  const groups = all(document, "[data-group]");

  function apply() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, text } of calls) {
      item.hidden = !words.every((word) => text.includes(word));
      count += item.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = all(group, "[data-call]").every((one) => one.hidden);
    found.textContent = words.length ? `${count} ${count === 1 ? "call" : "calls"}` : "";
  }

  input.addEventListener("input", apply);
  filter.hidden = false;
  apply(); // the browser may have kept what was typed before
}
