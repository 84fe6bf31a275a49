/** Sends a call from its form and shows the answer. The API key is kept in its input field only. */

import { all, byId } from "./elements.js";

export function tryCalls() {
  const place = document.getElementById("key");
  if (!place) return;
  place.hidden = false;
  const key = byId("key-text", HTMLInputElement);
  for (const form of all(document, "[data-try]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send(form, key.value.trim());
    });
  }
}

/** @param {HTMLElement} form @param {string} key */
async function send(form, key) {
  const place = form.querySelector(".answer");
  place?.replaceChildren(line("Sending …"));
  try {
    const answer = await fetch(address(form), options(form, key));
    const text = await answer.text();
    const body = text ? [block(pretty(text))] : [];
    place?.replaceChildren(line(`${answer.status} ${answer.statusText}`), ...body);
  } catch {
    place?.replaceChildren(line("The server cannot be reached."));
  }
}

/** @param {HTMLElement} form */
function address(form) {
  let path = form.dataset.path ?? "";
  const query = new URLSearchParams();
  for (const { name, value } of fields(form, "path")) {
    path = path.replace(`{${name}}`, encodeURIComponent(value.trim()));
  }
  for (const { name, value } of fields(form, "query")) if (value) query.set(name, value);
  return query.size ? `${path}?${query}` : path;
}

/**
 * @param {HTMLElement} form
 * @param {string} key
 * @returns {RequestInit}
 */
function options(form, key) {
  const headers = new Headers();
  for (const { name, value } of fields(form, "header")) if (value) headers.set(name, value);
  if ("key" in form.dataset && key) headers.set("Authorization", `Bearer ${key}`);
  const text = form.querySelector("textarea");
  const file = form.querySelector('input[type="file"]');
  const body = (file instanceof HTMLInputElement ? file.files?.[0] : text?.value) || null;
  const type = (file instanceof HTMLInputElement ? file : text)?.dataset.type;
  if (body) headers.set("Content-Type", type ?? "application/json");
  return {
    method: form.dataset.method ?? "GET",
    headers,
    body,
    credentials: "omit",
  };
}

/** @param {HTMLElement} form @param {"path" | "query" | "header"} place where their values go */
function fields(form, place) {
  const found = all(form, `[data-place="${place}"]`);
  return found.filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {string} text */
function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

/** @param {string} text */
function block(text) {
  const pre = document.createElement("pre");
  pre.tabIndex = 0;
  pre.textContent = text;
  return pre;
}
