// Lists of the room that show what was just made, without loading the room again.

import { enableCopying } from "./copy.js";
import { fetchPage } from "./page.js";

/** Each part with `data-fresh` is replaced by what it is by now; it stays as it is where that cannot be had. */
export async function refreshLists() {
  const parts = document.querySelectorAll("[data-fresh]");
  if (!parts.length) return;
  const fetched = await fetchPage(location.href).catch(() => null);
  for (const part of parts) {
    const name = part.getAttribute("data-fresh");
    const fresh = fetched?.page.querySelector(`[data-fresh="${name}"]`);
    if (!fresh) continue;
    const hadFocus = part.contains(document.activeElement);
    enableCopying(fresh);
    part.replaceWith(fresh);
    if (hadFocus) document.getElementById("main")?.focus();
  }
}
