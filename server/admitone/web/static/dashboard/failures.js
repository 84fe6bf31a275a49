// A page that could not be fetched, or a form that could not be sent, says so where the person looks. What was typed
// stays, and can be sent again.

import { readTexts } from "../visit/texts.js";
import { PageFailure } from "./page.js";

/** Say every failure that nobody handles. */
export function sayFailures() {
  window.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof PageFailure)) return;
    event.preventDefault();
    show(event.reason);
  });
  document.addEventListener("submit", clear, { capture: true });
}

/** @param {PageFailure} failure */
function show(failure) {
  const text = readTexts();
  const place = failure.form ?? document.querySelector("dialog[open]") ?? document.getElementById("main");
  if (!place) return;
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
  clear();
  const notice = document.createElement("div");
  Object.assign(notice, { className: "notice bad", role: "alert", tabIndex: -1 });
  notice.dataset.failure = failure.kind;
  const sentence = document.createElement("p");
  sentence.textContent = text(`failed-${failure.kind}`);
  notice.append(sentence);
  if (failure.kind === "signed-out") notice.append(signIn(text("sign-in-again")));
  const head = place.querySelector(":scope > .head, :scope > .sheet-head");
  if (head) head.after(notice);
  else place.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
  notice.focus();
}

/**
 * Signing in happens in another tab, so that this page keeps what was typed.
 * @param {string} label
 */
function signIn(label) {
  const line = document.createElement("p");
  const link = document.createElement("a");
  const here = location.pathname + location.search;
  Object.assign(link, { className: "button", target: "_blank", rel: "noopener", textContent: label });
  link.href = `/auth/google/start?next=${encodeURIComponent(here)}`;
  line.append(link);
  return line;
}

function clear() {
  for (const earlier of document.querySelectorAll("[data-failure]")) earlier.remove();
}
