// A customer's page: a calendar without reloads, two steps, and a form that outlasts a lost connection. The page works
// without this script too.

import { startLine } from "./chosen.js";
import { startCode } from "./code.js";
import { noticePerson } from "./person.js";
import { startPicker } from "./picker.js";
import { sender, startSending } from "./sending.js";
import { startSteps } from "./steps.js";
import { readTexts } from "./texts.js";

start();

/** Starts the page that is shown, until another one takes its place. */
function start() {
  const form = document.querySelector("form[method=post]");
  const stop = new AbortController();
  if (form instanceof HTMLFormElement) startForm(form, stop);
  // Browsers that do not know ::details-content show the stub's details by this.
  const stub = document.querySelector("[data-fold]");
  if (stub instanceof HTMLDetailsElement && matchMedia("(min-width: 760px)").matches) stub.open = true;
}

/** @param {HTMLFormElement} form @param {AbortController} stop */
function startForm(form, stop) {
  const say = readTexts();
  noticePerson(form);
  if ("booking" in form.dataset) {
    const texts = startPicker(form, say, stop.signal);
    const sayTime = startLine(form, texts, say);
    if ("steps" in form.dataset) startSteps(form, say, sayTime, stop.signal);
  }
  const send = sender(form, say, (answer) => {
    stop.abort();
    show(answer);
  });
  if (form.querySelector("[data-code]")) startCode(form, send);
  startSending(form, send);
}

/** Shows the page that answered the form in the place of this one. @param {Document} answer */
function show(answer) {
  const hasScripts = answer.querySelector("script") !== null;
  document.title = answer.title;
  document.body.replaceWith(document.adoptNode(answer.body));
  scrollTo(0, 0);
  const first = document.querySelector("[autofocus]");
  if (first instanceof HTMLElement) first.focus();
  if (hasScripts) start();
}
