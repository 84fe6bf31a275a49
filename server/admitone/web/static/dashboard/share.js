// The share dialog: the room of /dashboard/share in a <dialog>. A new link is copied at once.

import { readTexts } from "../visit/texts.js";
import { copy, enableCopying } from "./copy.js";
import { refreshLists } from "./fresh.js";
import { fetchPage, sendForm } from "./page.js";
import { enableRoom, focusFirst, setApart } from "./share_room.js";
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
  const sheet = emptyDialog();
  const { dialog } = sheet;
  /** @param {string} address */
  const load = async (address) => {
    const { page } = await fetchPage(address);
    show(sheet, page, load);
    if (!dialog.open) {
      document.body.append(dialog);
      dialog.showModal();
    }
    focusFirst(sheet.body);
  };
  dialog.addEventListener("close", () => {
    const toast = document.getElementById("toast");
    if (toast) document.body.append(toast);
    dialog.remove();
    opener.focus();
  });
  await load(opener.href);
}

/**
 * @typedef {object} Sheet a dialog with a heading, a *Close* button, and a body for a room
 * @property {HTMLDialogElement} dialog
 * @property {HTMLHeadingElement} heading
 * @property {HTMLElement} body
 */

/** @returns {Sheet} */
function emptyDialog() {
  const text = readTexts();
  const dialog = document.createElement("dialog");
  const head = document.createElement("div");
  const heading = document.createElement("h2");
  const close = document.createElement("button");
  const body = document.createElement("div");
  Object.assign(dialog, { className: "sheet" });
  Object.assign(head, { className: "sheet-head" });
  Object.assign(heading, { id: "dialog-heading" });
  Object.assign(close, { type: "button", className: "quiet", textContent: text("close") });
  close.addEventListener("click", () => dialog.close());
  dialog.setAttribute("aria-labelledby", heading.id);
  head.append(heading, close);
  dialog.append(head, body);
  return { dialog, heading, body };
}

/**
 * Put the room of a fetched page into the dialog.
 * @param {Sheet} sheet
 * @param {Document} page
 * @param {(address: string) => void} load
 */
function show(sheet, page, load) {
  const { dialog, heading, body } = sheet;
  const room = page.getElementById("share");
  heading.textContent = page.querySelector("h1")?.textContent ?? readTexts()("share");
  body.replaceChildren(...(room ? [document.adoptNode(room)] : [readTexts()("not-loaded")]));
  if (!room) return;
  setApart(room);
  enableCopying(room);
  enableRoom(room, load);
  enableClosing(room, dialog);
  const form = room.querySelector("form[data-share-form], form[data-share-send]");
  if (!(form instanceof HTMLFormElement)) return;
  relabel(form);
  const act = "shareSend" in form.dataset ? send : submit;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void act(form, event.submitter, sheet, load);
  });
}

/**
 * Create the link; copy it, show it, or show the mail that brings it. Errors are shown at their fields.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 * @param {Sheet} sheet
 * @param {(address: string) => void} load
 */
async function submit(form, button, sheet, load) {
  const then = button?.dataset.then ?? "close";
  button?.setAttribute("aria-busy", "true");
  const sent = sendForm(form, button);
  const address = sent.then(({ page }) => madeAddress(page));
  const copies = then === "close" || then === "next";
  const copied = copies && await copy(address.then(demand));
  const [{ page }, made] = await Promise.all([sent, address]);
  void refreshLists();
  if (made && copied && then === "close") {
    sheet.dialog.close();
    sayMade(made, true);
    return;
  }
  show(sheet, page, load);
  if (made && copies) sayMade(made, copied);
  focusFirst(sheet.body);
}

/**
 * Send the mail that the dialog shows.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 * @param {Sheet} sheet
 * @param {(address: string) => void} load
 */
async function send(form, button, sheet, load) {
  button?.setAttribute("aria-busy", "true");
  const { page, ok } = await sendForm(form, button);
  if (ok && !page.getElementById("share")) {
    sheet.dialog.close();
    say(page.querySelector(".notice.ok[role=status]")?.textContent ?? "");
    return;
  }
  show(sheet, page, load);
  focusFirst(sheet.body);
}

/**
 * Where scripts run, the buttons of a form say what they do then.
 * @param {HTMLFormElement} form
 */
function relabel(form) {
  for (const label of form.querySelectorAll("[data-label]")) {
    if (label instanceof HTMLElement) label.textContent = label.dataset.label ?? "";
  }
  for (const button of form.querySelectorAll("button[data-then]")) button.removeAttribute("hidden");
}

/**
 * The buttons that copy a link which is there already, and close the dialog.
 * @param {HTMLElement} room
 * @param {HTMLDialogElement} dialog
 */
function enableClosing(room, dialog) {
  for (const button of room.querySelectorAll("[data-copy-close]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const address = button.dataset.copyClose ?? "";
      const copied = await copy(address);
      if (copied) dialog.close();
      sayMade(address, copied);
    });
  }
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
