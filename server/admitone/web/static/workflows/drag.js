// Cards are dragged to a place between others. Move up and Move down do the same for keyboards.

/** @typedef {(form: HTMLFormElement, place: string, step: string) => void} Put */

/** @type {HTMLElement | null} */
let held = null;

/** @param {Put} put */
export function enableDragging(put) {
  const flow = document.getElementById("editor-flow");
  if (!flow) return;
  for (const card of flow.querySelectorAll("[data-step]")) if (card instanceof HTMLElement) prepare(card, flow);
  for (const place of flow.querySelectorAll("[data-place]")) {
    if (place instanceof HTMLElement) enablePlace(place, put);
  }
}

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} flow
 */
function prepare(card, flow) {
  card.draggable = true;
  for (const link of card.querySelectorAll("a")) link.draggable = false;
  card.addEventListener("dragstart", (event) => {
    held = card;
    event.dataTransfer?.setData("text/plain", card.dataset.step ?? "");
    // The picture of what is dragged is taken first; then the places may grow.
    setTimeout(() => {
      card.classList.add("held");
      flow.classList.add("dragging");
    });
  });
  card.addEventListener("dragend", () => {
    held = null;
    card.classList.remove("held");
    flow.classList.remove("dragging");
  });
}

/**
 * @param {HTMLElement} place
 * @param {Put} put
 */
function enablePlace(place, put) {
  place.addEventListener("dragover", (event) => {
    if (!held || isInside(place, held)) return;
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    const form = held?.querySelector("form");
    place.classList.remove("over");
    if (!held || !form) return;
    event.preventDefault();
    put(form, place.dataset.place ?? "", held.dataset.step ?? "");
  });
}

/**
 * Whether a place is in a branch of the step that is held.
 * @param {HTMLElement} place
 * @param {HTMLElement} card
 */
function isInside(place, card) {
  return card.parentElement?.querySelector(".branches")?.contains(place) ?? false;
}
