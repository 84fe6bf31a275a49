// Does what is asked for in the panel, one thing at a time, and shows why something was refused.

import { say } from "../say.js";
import { make } from "./elements.js";
import { problemBox, unforeseen } from "./problem.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("./problem.js").Action} Action */

/** @param {HTMLElement} content the panel's, which is busy meanwhile */
export function makeRunner(content) {
  const problem = make("div", { class: "said", hidden: true });
  const status = make("p", { class: "hint", role: "status" });
  let isBusy = false;

  /** @param {Action} action what is tried again where it is refused */
  async function run(action) {
    if (isBusy) return;
    setBusy(true);
    clear();
    const refused = await action().catch(unforeseen);
    setBusy(false);
    if (refused) show(refused, action);
  }

  /** @param {boolean} busy */
  function setBusy(busy) {
    isBusy = busy;
    content.ariaBusy = String(busy);
    status.textContent = busy ? say("working") : "";
  }

  /** Says why, with the button that helps. @param {Refusal} refused @param {Action} action */
  function show(refused, action) {
    const box = problemBox(refused, action, (next) => void run(next));
    problem.replaceChildren(box);
    problem.hidden = false;
    box.querySelector("button")?.focus();
  }

  function clear() {
    problem.hidden = true;
  }
  return {
    parts: [problem, make("div", { class: "said" }, status)],
    /** @param {Action} action */
    run: (action) => void run(action),
    show,
    clear,
    isBusy: () => isBusy,
  };
}
