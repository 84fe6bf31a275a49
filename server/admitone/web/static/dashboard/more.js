// *Show more* appends the next rows to the list, instead of leading to the next part of the list.

import { enableCopying } from "./copy.js";
import { fetchPage } from "./page.js";

/** @param {Document} root */
export function enableMore(root) {
  root.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-more]") : null;
    const rows = root.querySelector("[data-rows]");
    if (!(link instanceof HTMLAnchorElement) || !rows || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (link.hasAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    const { page } = await fetchPage(link.href);
    const fresh = [...page.querySelectorAll("[data-rows] > *")];
    for (const row of fresh) enableCopying(row);
    rows.append(...fresh);
    fresh[0]?.querySelector("a")?.focus();
    const next = page.querySelector("a[data-more]");
    if (next) link.replaceWith(next);
    else link.parentElement?.remove();
  });
}
