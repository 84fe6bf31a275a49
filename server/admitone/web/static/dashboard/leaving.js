// A form that was changed asks before it is left.

/** @type {Set<HTMLFormElement>} */
const changed = new Set();
let isLeaving = false;

/** @param {Document} root */
export function askBeforeLeaving(root) {
  root.addEventListener("input", (event) => note(event.target));
  root.addEventListener("change", (event) => note(event.target));
  root.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    changed.delete(event.target);
    if (!event.defaultPrevented) isLeaving = true;
  });
  root.addEventListener("reset", (event) => {
    if (event.target instanceof HTMLFormElement) changed.delete(event.target);
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    const isOpen = [...changed].some((form) => form.isConnected);
    if (isOpen && !isLeaving) event.preventDefault();
  });
}

/** The person goes on to what the form needs, and comes back to it: what was typed is kept. */
export function leaveOnPurpose() {
  isLeaving = true;
}

/**
 * Searches and filters (GET) lose nothing; forms of one button have nothing to type.
 * @param {EventTarget | null} field
 */
function note(field) {
  const form = field instanceof Element ? field.closest("form") : null;
  if (form instanceof HTMLFormElement && form.method === "post" && !form.closest("[data-editor]")) changed.add(form);
}
