// One step after the other: first the time, then who comes. Without scripts both stand below each other.

import { chosenStart, element } from "./elements.js";

const MINUTE = 60_000;

/**
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 * @param {() => import("./dates.js").Texts} texts how times are said at present
 */
export function startSteps(form, say, texts) {
  const when = element("when", form);
  const who = element("who", form);
  const agreed = element("agreed", form);
  const onward = element("onward", form);
  const line = element("line", onward);

  /** @param {"when" | "who"} step */
  function go(step) {
    form.dataset.step = step;
    form.noValidate = step === "when"; // fields that are not shown cannot be complained about
    when.hidden = onward.hidden = step === "who";
    who.hidden = agreed.hidden = step === "when";
  }

  /** Says which time is chosen; whether one is. */
  function sayChosen() {
    const start = Date.parse(chosenStart(form) ?? "");
    if (Number.isNaN(start)) {
      line.textContent = "";
      return false;
    }
    const day = texts().day(texts().date(start));
    const span = texts().span(start, start + Number(form.dataset.minutes) * MINUTE);
    line.textContent = `${day}, ${span}`;
    element("agreed-day", agreed).textContent = day;
    element("agreed-time", agreed).textContent = span;
    return true;
  }

  function proceed() {
    if (sayChosen()) {
      go("who");
      history.pushState({ step: "who" }, "");
      element("agreed-heading", agreed).focus();
    } else {
      line.textContent = element("status").textContent = say("choose");
      const first = form.querySelector("input[name=start]");
      if (first instanceof HTMLInputElement) first.focus();
    }
  }

  form.addEventListener("change", sayChosen);
  form.addEventListener("submit", (event) => {
    if (form.dataset.step !== "when") return;
    event.preventDefault(); // Enter on a time
    proceed();
  });
  element("continue", onward).addEventListener("click", proceed);
  element("change", agreed).addEventListener("click", () =>
    history.state?.step ? history.back() : go("when"),
  );
  addEventListener("popstate", () => go(history.state?.step === "who" && sayChosen() ? "who" : "when"));

  form.querySelector("[data-summary]")?.addEventListener("click", (event) => {
    const field = event.target instanceof Element && event.target.closest("a")?.hash.slice(1);
    const target = field && document.getElementById(field);
    if (!target) return;
    event.preventDefault(); // following it would be a step in the history
    go(who.contains(target) ? "who" : "when");
    target.focus();
  });

  const asksAgain = sayChosen() && who.querySelector(".wrong") !== null;
  go(asksAgain ? "who" : "when");
}
