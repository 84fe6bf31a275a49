// The room of /dashboard/share, on its own or in the dialog: its steps, its search, and where the user goes on.

/**
 * Enable the steps between pages, and the search that filters the list while the user types.
 * @param {HTMLElement} room
 * @param {(address: string) => void} load
 */
export function enableRoom(room, load) {
  for (const step of room.querySelectorAll("a[data-share-step]")) {
    step.addEventListener("click", (event) => {
      event.preventDefault();
      if (step instanceof HTMLAnchorElement) load(step.href);
    });
  }
  const search = room.querySelector("[data-find]");
  if (search instanceof HTMLInputElement) enableSearch(room, search, load);
}

/**
 * Filter the pages while the user types; Enter takes the first that is left.
 * @param {HTMLElement} room
 * @param {HTMLInputElement} search
 * @param {(address: string) => void} load
 */
function enableSearch(room, search, load) {
  const rows = [...room.querySelectorAll("[data-name]")].filter((row) => row instanceof HTMLElement);
  const none = room.querySelector("[data-none]");
  search.addEventListener("input", () => {
    const sought = search.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !(row.dataset.name ?? "").toLowerCase().includes(sought);
    if (none instanceof HTMLElement) none.hidden = rows.some((row) => !row.hidden);
  });
  search.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = rows.find((row) => !row.hidden)?.querySelector("a");
    if (first) load(first.href);
  });
}

/**
 * Give the dialog its own ids: the room below may have fields of the same names.
 * @param {HTMLElement} room
 */
export function setApart(room) {
  for (const part of [room, ...room.querySelectorAll("*")]) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.split(" ").map((id) => `sheet-${id}`).join(" "));
    }
  }
}

/**
 * What the user does next in a room: a wrong field, the link that they wanted to see, the next person's name, or
 * whatever comes first.
 */
const NEXT = [
  "[aria-invalid=true]",
  "[data-shown] [data-select]",
  ".when-personal [name=name]",
  "input[type=search], select, input:not([type=hidden]), button, a",
];

/** @param {HTMLElement} body */
export function focusFirst(body) {
  for (const selector of NEXT) {
    for (const each of body.querySelectorAll(selector)) {
      if (each instanceof HTMLElement && each.checkVisibility()) {
        each.focus();
        return;
      }
    }
  }
}
