// Two steps: first the time, then the details. Without scripts both are on one page.

import { buttonFor, element } from "./elements.js";

/**
 * @param {HTMLFormElement} form
 * @param {import("./texts.js").Say} say
 * @param {ReturnType<typeof import("./chosen.js").startLine>} sayTime
 * @param {AbortSignal} signal ends it, when another page takes the place of this one
 */
export function startSteps(form, say, sayTime, signal) {
  const when = element("when", form);
  const who = element("who", form);
  const agreed = element("agreed", form);
  const onward = buttonFor(element("continue", when));

  /** @param {"when" | "who"} step */
  function go(step) {
    form.dataset.step = step;
    form.noValidate = step === "when"; // the browser must not complain about hidden fields
    when.hidden = step === "who";
    who.hidden = agreed.hidden = step === "when";
  }

  /** Shows the chosen time; returns whether there is one. */
  function sayChosen() {
    const time = sayTime();
    if (!time) return false;
    element("agreed-day", agreed).textContent = time.day;
    element("agreed-time", agreed).textContent = time.span;
    return true;
  }

  function proceed() {
    if (sayChosen()) {
      go("who");
      history.pushState({ step: "who" }, "");
      element("agreed-heading", agreed).focus();
    } else {
      element("line", when).textContent = element("status").textContent = say("choose");
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
  onward.addEventListener("click", proceed);
  element("change", agreed).addEventListener("click", () =>
    history.state?.step ? history.back() : go("when"),
  );
  const turn = () => go(history.state?.step === "who" && sayChosen() ? "who" : "when");
  addEventListener("popstate", turn, { signal });

  form.querySelector("[data-summary]")?.addEventListener("click", (event) => {
    const field = event.target instanceof Element && event.target.closest("a")?.hash.slice(1);
    const target = field && document.getElementById(field);
    if (!target) return;
    event.preventDefault(); // to follow the link would add a step to the history
    go(who.contains(target) ? "who" : "when");
    target.focus();
  });

  const asksAgain = sayChosen() && who.querySelector(".wrong") !== null;
  if (!asksAgain) history.replaceState(null, ""); // whoever goes on and comes back sees the times
  go(asksAgain ? "who" : "when");
}
