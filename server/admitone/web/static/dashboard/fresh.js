// Lists that show new records without loading the room again.

import { enableCopying } from "./copy.js";
import { fetchPage } from "./page.js";

/** Replace each part with `data-fresh` by its current state; a part stays as it is if that cannot be fetched. */
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
