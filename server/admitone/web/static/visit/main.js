// A customer's page: a calendar without reloads, and two steps. The page works without this script too.

import { startLine } from "./chosen.js";
import { startCode } from "./code.js";
import { noticePerson } from "./person.js";
import { startPicker } from "./picker.js";
import { startSteps } from "./steps.js";
import { readTexts } from "./texts.js";

const form = document.querySelector("form[method=post]");
if (form instanceof HTMLFormElement) {
  noticePerson(form);
  if ("booking" in form.dataset) startBooking(form);
}
// Browsers that do not know ::details-content show the stub's details by this.
const stub = document.querySelector("[data-fold]");
if (stub instanceof HTMLDetailsElement && matchMedia("(min-width: 760px)").matches) stub.open = true;

/** @param {HTMLFormElement} form */
function startBooking(form) {
  const say = readTexts();
  const texts = startPicker(form, say);
  const sayTime = startLine(form, texts);
  if ("steps" in form.dataset) startSteps(form, say, sayTime);
  if (form.querySelector("[data-code]")) startCode(form);
}
