// What was typed into a form survives a way around: to *Make one*, or to the sign-in after a session has ended. It is
// kept in this tab only, one form of each page, until it is put back or the page is opened anew.

import { readTexts } from "../visit/texts.js";
import { leaveOnPurpose } from "./leaving.js";
import { say } from "./toast.js";

/** The path of the page whose form was kept last. `signed_out.js` reads it. */
const LAST = "admitone.typed";
const BACK = "kept";
/** The most rows that are added to a list so that what was typed fits. */
const MOST = 30;

/** @param {Document} root */
export function keepTyped(root) {
  root.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && !event.defaultPrevented) keep(event.target);
  });
  for (const link of root.querySelectorAll("a[data-make-one]")) {
    link.addEventListener("click", () => {
      const form = link.closest("form");
      if (!form) return;
      keep(form);
      leaveOnPurpose();
    });
  }
  if (new URLSearchParams(location.search).has(BACK)) window.addEventListener("load", putBack);
  else sessionStorage.removeItem(place());
}

/** @param {HTMLFormElement} form */
function keep(form) {
  if (form.method !== "post") return;
  const hidden = new Set([...form.querySelectorAll("input[type=hidden], input[type=password]")].map(nameOf));
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !hidden.has(name));
  sessionStorage.setItem(LAST, location.pathname);
  sessionStorage.setItem(place(), JSON.stringify(fields));
}

function putBack() {
  const text = sessionStorage.getItem(place());
  sessionStorage.removeItem(place());
  /** @type {[string, string][]} */
  const fields = text ? JSON.parse(text) : [];
  const form = [...document.forms].find((one) => one.method === "post" && has(one, fields));
  if (!form) return;
  for (const [name] of fields) addRows(form, name);
  const made = new URLSearchParams(location.search).get("new");
  for (const field of form.elements) {
    if (!isField(field) || !field.name || field.type === "hidden") continue;
    fill(field, fields, made);
  }
  say(readTexts()("typed-is-back"));
}

/**
 * A list has as many rows as were typed: its *Add* button makes them.
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function addRows(form, name) {
  const list = name.split(".")[0] ?? "";
  if (!/^\w+\.\d+\./.test(name)) return;
  for (let added = 0; added < MOST && !form.elements.namedItem(name); added += 1) {
    const row = form.querySelector(`[name^="${list}."]`)?.closest("[data-list]");
    const button = row?.parentElement?.querySelector("[data-add]");
    if (!(button instanceof HTMLButtonElement) || button.hidden) return;
    button.click();
  }
}

/**
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} field
 * @param {[string, string][]} fields
 * @param {string | null} made the id of what was made on the way, which is chosen too
 */
function fill(field, fields, made) {
  const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
    field.checked = values.includes(field.value) || field.value === made;
  } else if (values[0] !== undefined) {
    field.value = values[0];
  }
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * @param {HTMLFormElement} form
 * @param {[string, string][]} fields
 */
function has(form, fields) {
  return fields.some(([name]) => form.elements.namedItem(name));
}

/**
 * @param {Element} field
 * @returns {field is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
function isField(field) {
  return ["INPUT", "SELECT", "TEXTAREA"].includes(field.tagName);
}

/** @param {Element} field */
function nameOf(field) {
  return field.getAttribute("name") ?? "";
}

/** Where the fields of this page's form are kept. */
function place() {
  return `${LAST}:${location.pathname}`;
}
