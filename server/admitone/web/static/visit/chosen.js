// Shows the chosen time beside the button that continues with it.

import { chosenStart, element } from "./elements.js";

const MINUTE = 60_000;

/**
 * Shows the chosen time at every change. Returns a function that shows it again and returns its day and span,
 * or null if no time is chosen.
 * @param {HTMLFormElement} form
 * @param {() => import("./dates.js").Texts} texts how times are written in the zone of the moment
 * @param {import("./texts.js").Say} say
 */
export function startLine(form, texts, say) {
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
    line.replaceChildren(say("joined", { day, time: "" }), whole);
    return { day, span };
  }

  form.addEventListener("change", ({ target }) => {
    sayTime();
    if (target instanceof HTMLInputElement && target.name === "start") {
      target.scrollIntoView({ block: "nearest" }); // the bar that now stays at the bottom must not cover it
    }
  });
  sayTime();
  return sayTime;
}
