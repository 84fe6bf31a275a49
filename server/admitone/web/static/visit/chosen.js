// Says which time is chosen, beside the button that goes on with it.

import { chosenStart, element } from "./elements.js";

const MINUTE = 60_000;

/**
 * Answers what says it anew; and what it then says, null where no time is chosen.
 * @param {HTMLFormElement} form
 * @param {() => import("./dates.js").Texts} texts how times are said at present
 */
export function startLine(form, texts) {
  const line = element("line", form);

  function sayTime() {
    const start = Date.parse(chosenStart(form) ?? "");
    if (Number.isNaN(start)) {
      line.replaceChildren();
      return null;
    }
    const day = texts().day(texts().date(start));
    const span = texts().span(start, start + Number(form.dataset.minutes) * MINUTE);
    const whole = document.createElement("span");
    whole.className = "whole";
    whole.textContent = span;
    line.replaceChildren(`${day}, `, whole);
    return { day, span };
  }

  form.addEventListener("change", ({ target }) => {
    sayTime();
    if (target instanceof HTMLInputElement && target.name === "start") {
      target.scrollIntoView({ block: "nearest" }); // from under the bar that now stays in sight
    }
  });
  sayTime();
  return sayTime;
}
