// Runs the panel's actions, one at a time, and shows the problem if one is refused.

import { translate } from "../../texts/gmail/translate.js";
import { createElement } from "../../shared/elements.js";
import { problemBox, unexpected } from "./problem.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("./problem.js").Action} Action */

/**
 * @param {HTMLElement} content of the panel; marked as busy while an action runs
 * @param {(text: string) => void} announce
 */
export function makeRunner(content, announce) {
  const problem = createElement("div", { class: "feedback", hidden: true });
  const status = createElement("p", { class: "hint" });
  let isBusy = false;

  /** @param {Action} action is retried by the problem's button */
  async function run(action) {
    if (isBusy) return;
    setBusy(true);
    clear();
    const refused = await action().catch(unexpected);
    setBusy(false);
    if (refused) show(refused, action);
  }

  /** @param {boolean} busy */
  function setBusy(busy) {
    isBusy = busy;
    content.ariaBusy = String(busy);
    status.textContent = busy ? translate("working") : "";
    announce(status.textContent);
  }

  /** Show a problem, with the button that helps. @param {Refusal} refused @param {Action} action */
  function show(refused, action) {
    const box = problemBox(refused, action, (next) => void run(next));
    problem.replaceChildren(box);
    problem.hidden = false;
    announce(refused.message);
    box.querySelector("button")?.focus();
  }

  function clear() {
    problem.hidden = true;
  }
  return {
    parts: [problem, createElement("div", { class: "feedback" }, status)],
    /** @param {Action} action */
    run: (action) => void run(action),
    show,
    clear,
    isBusy: () => isBusy,
  };
}
