// Runs the panel's actions, one at a time, and shows the problem if one is refused.

import { translate } from "../../texts/gmail/translate.js";
import { createElement } from "../../shared/elements.js";
import { lazily } from "../lazy.js";
import { unexpected } from "./own_refusals.js";

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
    if (refused) await show(refused, action);
  }

  /** @param {boolean} busy */
  function setBusy(busy) {
    isBusy = busy;
    content.ariaBusy = String(busy);
    status.textContent = busy ? translate("working") : "";
    announce(status.textContent);
  }

  /** Show a problem, with the button that helps. @param {Refusal} refused @param {Action} action */
  async function show(refused, action) {
    const loaded = await lazily(() => import("./problem.js"));
    if (isBusy) return; // another action has begun
    const box = loaded.ok
      ? loaded.module.problemBox(refused, action, (next) => void run(next))
      : createElement("div", { class: "problem" }, loaded.message);
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
    /** @param {Refusal} refused @param {Action} action */
    show: (refused, action) => void show(refused, action),
    clear,
    isBusy: () => isBusy,
  };
}
