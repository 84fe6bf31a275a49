// Short messages, which screen readers read too.

const SECONDS = 6;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} text */
export function say(text) {
  const toast = document.getElementById("toast");
  if (!toast) return;
  // A dialog covers the rest of the page, so the message must be inside it.
  const dialog = document.querySelector("dialog[open]");
  (dialog ?? document.body).append(toast);
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.textContent = ""; }, SECONDS * 1000);
}
