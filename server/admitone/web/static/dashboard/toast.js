// What is said in passing, to screen readers too.

const SECONDS = 6;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} text */
export function say(text) {
  const toast = document.getElementById("toast");
  if (!toast) return;
  // A dialog lies above everything else of the page, so that what is said must be said in it.
  const dialog = document.querySelector("dialog[open]");
  (dialog ?? document.body).append(toast);
  toast.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.textContent = ""; }, SECONDS * 1000);
}
