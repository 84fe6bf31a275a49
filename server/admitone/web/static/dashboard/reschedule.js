// A host chooses another time for a booking, in the calendar of the customers' pages.

import { startLine } from "../visit/chosen.js";
import { startPicker } from "../visit/picker.js";
import { readTexts } from "../visit/texts.js";

const form = document.querySelector("form[data-booking]");
if (form instanceof HTMLFormElement) {
  const say = readTexts();
  const texts = startPicker(form, say, new AbortController().signal);
  startLine(form, texts, say);
}
