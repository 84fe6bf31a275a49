// The clock: 12 or 24 hours. A cookie remembers the choice, see web/customer/clock.py; so does the address.

import { buttonFor } from "./elements.js";

const LIFETIME = 34_560_000; // seconds

/**
 * Takes over the switch; `set` gets the chosen clock.
 * @param {HTMLFormElement} form
 * @param {(clock: string) => void} set
 */
export function startClock(form, set) {
  const links = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-hours]"));
  const buttons = [...links].map((link) => {
    const button = buttonFor(link);
    const { hours = "" } = link.dataset;
    if (link.getAttribute("aria-current")) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => choose(button, hours));
    return button;
  });

  /** @param {HTMLElement} chosen @param {string} hours */
  function choose(chosen, hours) {
    for (const button of buttons) button.removeAttribute("aria-current");
    chosen.setAttribute("aria-current", "true");
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `clock=${hours}; path=/; max-age=${LIFETIME}; samesite=lax${secure}`;
    const address = new URL(location.href);
    address.searchParams.set("clock", hours);
    history.replaceState(history.state, "", address);
    set(hours === "12" ? "h12" : "h23");
  }
}
