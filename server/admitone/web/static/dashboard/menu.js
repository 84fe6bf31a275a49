// Menus are <details> elements; they close on a click or focus elsewhere, and on Escape.

/** @param {Document} root */
export function closeMenus(root) {
  /** @param {EventTarget | null} kept */
  const closeOthers = (kept) => {
    for (const menu of root.querySelectorAll("details.menu[open]")) {
      if (!(kept instanceof Node && menu.contains(kept))) menu.removeAttribute("open");
    }
  };
  root.addEventListener("click", (event) => closeOthers(event.target));
  root.addEventListener("focusin", (event) => closeOthers(event.target));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = root.querySelector("details.menu[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
  });
}
