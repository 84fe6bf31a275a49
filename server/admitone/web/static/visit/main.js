// A customer's page: a calendar without reloads, and two steps. The page works without this script too.

import { startLine } from "./chosen.js";
import { noteOpening } from "./opened.js";
import { startPicker } from "./picker.js";
import { startSteps } from "./steps.js";
import { readTexts } from "./texts.js";

const form = document.querySelector("form[data-booking]");
if (form instanceof HTMLFormElement) {
  const say = readTexts();
  const texts = startPicker(form, say);
  const sayTime = startLine(form, texts);
  if ("steps" in form.dataset) startSteps(form, say, sayTime);
  if (form.dataset.opened) noteOpening(form.dataset.opened);
}
