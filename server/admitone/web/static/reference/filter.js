/** Shows only the calls that have every word which is typed, by their address, what they do, and their fields. */

export function filterCalls() {
  const box = document.getElementById("filter");
  const input = document.getElementById("filter-text");
  const found = document.getElementById("filter-found");
  const calls = [...document.querySelectorAll("[data-call]")].map((article) => ({
    article,
    item: document.querySelector(`[data-for="${article.dataset.call}"]`),
    text: article.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll("[data-group]"), ...document.querySelectorAll("main > section")];

  function apply() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { article, item, text } of calls) {
      const fits = words.every((word) => text.includes(word));
      article.hidden = item.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const group of groups) {
      const its = [...group.querySelectorAll("[data-for], [data-call]")];
      group.hidden = its.length > 0 && its.every((one) => one.hidden);
    }
    found.textContent = words.length ? `${count} ${count === 1 ? "call" : "calls"}` : "";
  }

  input.addEventListener("input", apply);
  box.hidden = false;
  apply(); // the browser may have kept what was typed before
}
