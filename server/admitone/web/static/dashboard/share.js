// The share dialog: the room of /dashboard/share in a <dialog>. A new link is copied at once.

import { readTexts } from "../visit/texts.js";
import { copy, enableCopying } from "./copy.js";
import { refreshLists } from "./fresh.js";
import { fetchPage, sendForm } from "./page.js";
import { say } from "./toast.js";

/** @param {Document} root */
export function enableSharing(root) {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-share]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    void openDialog(link);
  });
  for (const form of root.querySelectorAll("form[data-make]")) {
    if (form instanceof HTMLFormElement) relabel(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form instanceof HTMLFormElement) void makeAtOnce(form);
    });
  }
  const room = root.getElementById("share");
  if (room) enableRoom(room, (address) => { location.href = address; });
}

/**
 * *Generate a one-time link*: create and copy the link without leaving the room.
 * @param {HTMLFormElement} form
 */
async function makeAtOnce(form) {
  const button = form.querySelector("button");
  button?.setAttribute("aria-busy", "true");
  const sent = sendForm(form);
  const address = sent.then(({ page }) => madeAddress(page));
  const copied = await copy(address.then(demand));
  button?.removeAttribute("aria-busy");
  renew(form, (await sent).page);
  const made = await address;
  if (made) sayMade(made, copied);
  else say(readTexts()("not-made"));
  if (made) void refreshLists();
}

/** @param {HTMLAnchorElement} opener */
async function openDialog(opener) {
  const { dialog, body } = emptyDialog();
  /** @param {string} address */
  const load = async (address) => {
    const { page } = await fetchPage(address);
    show(body, page, load, dialog);
    if (!dialog.open) {
      document.body.append(dialog);
      dialog.showModal();
    }
    focusFirst(body);
  };
  dialog.addEventListener("close", () => {
    const toast = document.getElementById("toast");
    if (toast) document.body.append(toast);
    dialog.remove();
    opener.focus();
  });
  await load(opener.href);
}

/** A dialog with a heading, a *Close* button, and an empty body for a room. */
function emptyDialog() {
  const text = readTexts();
  const dialog = document.createElement("dialog");
  const head = document.createElement("div");
  const heading = document.createElement("h2");
  const close = document.createElement("button");
  const body = document.createElement("div");
  Object.assign(dialog, { className: "sheet" });
  Object.assign(head, { className: "sheet-head" });
  Object.assign(heading, { id: "dialog-heading", textContent: text("share") });
  Object.assign(close, { type: "button", className: "quiet", textContent: text("close") });
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-labelledby", heading.id);
  head.append(heading, close);
  dialog.append(head, body);
  return { dialog, body };
}

/**
 * Put the room of a fetched page into the dialog.
 * @param {HTMLElement} body
 * @param {Document} page
 * @param {(address: string) => void} load
 * @param {HTMLDialogElement} dialog
 */
function show(body, page, load, dialog) {
  const room = page.getElementById("share");
  body.replaceChildren(...(room ? [document.adoptNode(room)] : [readTexts()("not-loaded")]));
  if (!room) return;
  setApart(room);
  enableCopying(room);
  enableRoom(room, load);
  const form = room.querySelector("form[data-share-form]");
  if (!(form instanceof HTMLFormElement)) return;
  relabel(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, event.submitter, body, load, dialog);
  });
}

/**
 * Create the link and copy it; errors are shown at their fields.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 * @param {HTMLElement} body
 * @param {(address: string) => void} load
 * @param {HTMLDialogElement} dialog
 */
async function submit(form, button, body, load, dialog) {
  button?.setAttribute("aria-busy", "true");
  const sent = sendForm(form);
  const address = sent.then(({ page }) => madeAddress(page));
  const copied = await copy(address.then(demand));
  const [{ page }, made] = await Promise.all([sent, address]);
  if (made) void refreshLists();
  if (made && copied && !(button && "next" in button.dataset)) {
    dialog.close();
    sayMade(made, true);
    return;
  }
  show(body, page, load, dialog);
  if (made) sayMade(made, copied);
  focusFirst(body);
}

/**
 * Give the dialog its own ids: the room below may have fields of the same names.
 * @param {HTMLElement} room
 */
function setApart(room) {
  for (const part of [room, ...room.querySelectorAll("*")]) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.split(" ").map((id) => `sheet-${id}`).join(" "));
    }
  }
}

/** @param {HTMLFormElement} form */
function relabel(form) {
  for (const label of form.querySelectorAll("[data-label]")) {
    if (label instanceof HTMLElement) label.textContent = label.dataset.label ?? "";
  }
  const next = form.querySelector("[data-next]");
  if (next instanceof HTMLElement) next.hidden = false;
}

/**
 * Enable the steps between pages, and the search that filters the list while the user types.
 * @param {HTMLElement} room
 * @param {(address: string) => void} load
 */
function enableRoom(room, load) {
  for (const step of room.querySelectorAll("a[data-share-step]")) {
    step.addEventListener("click", (event) => {
      event.preventDefault();
      if (step instanceof HTMLAnchorElement) load(step.href);
    });
  }
  const search = room.querySelector("[data-find]");
  if (!(search instanceof HTMLInputElement)) return;
  search.addEventListener("input", () => {
    const sought = search.value.trim().toLowerCase();
    for (const row of room.querySelectorAll("[data-name]")) {
      if (row instanceof HTMLElement) row.hidden = !(row.dataset.name ?? "").toLowerCase().includes(sought);
    }
  });
}

/**
 * The address of the link that a fetched page says was created, or an empty text.
 * @param {Document} page
 */
function madeAddress(page) {
  const made = page.querySelector("[data-made]");
  return made instanceof HTMLElement ? made.dataset.made ?? "" : "";
}

/**
 * @param {string} address
 * @param {boolean} isCopied
 */
function sayMade(address, isCopied) {
  say(readTexts()(isCopied ? "copied-it" : "by-hand", { address }));
}

/** @param {string} address */
function demand(address) {
  if (!address) throw new Error("no link was made");
  return address;
}

/**
 * Give a form that stays on the page the `once` of the next page, so that sending it again creates another link.
 * @param {HTMLFormElement} form
 * @param {Document} page
 */
function renew(form, page) {
  const own = form.querySelector("input[name=once]");
  const fresh = page.querySelector("form[data-share-form] input[name=once]");
  if (own instanceof HTMLInputElement && fresh instanceof HTMLInputElement) own.value = fresh.value;
}

/** @param {HTMLElement} body */
function focusFirst(body) {
  const wrong = body.querySelector("[aria-invalid=true]");
  const first = wrong ?? body.querySelector("input[type=search], select, input:not([type=hidden]), a, button");
  if (first instanceof HTMLElement) first.focus();
}
