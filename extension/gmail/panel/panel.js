// The panel of a compose: the form for a link, the buttons that insert or copy it, and the step that chooses times.

import { translate } from "../../texts/gmail/translate.js";
import { button, createElement } from "../../shared/elements.js";
import { rememberFocus } from "../focus.js";
import { lazily } from "../lazy.js";
import { loadPages } from "../link_request.js";
import { recipientsOf } from "../recipients.js";
import { sendMessage } from "../send_message.js";
import { isDark } from "../theme.js";
import { openDialog } from "./dialog.js";
import { LinkForm } from "./link_form.js";
import { personMissing } from "./own_refusals.js";
import { makeRunner } from "./runner.js";

/** @import {Choices, Refusal} from "../../messages.js" */
/** @import {LinkRequest, Times} from "../link_request.js" */
/** @typedef {Extract<Awaited<ReturnType<typeof loadPages>>, {ok: true}>} Loaded */

/**
 * @param {HTMLElement} root of the compose
 * @param {HTMLElement} opener the button that opened the panel
 * @param {Refusal} [refusal] why a quick insert did not work: it is shown, and its button retries the insert
 */
export function openPanel(root, opener, refusal) {
  const panel = new Panel(root, opener);
  if (refusal) panel.showRefusal(refusal);
  else panel.start();
}

class Panel {
  /** @type {LinkForm | null} */
  #form = null;
  /** @type {Choices} */
  #choices = {};
  #step = createElement("div");
  #footer = createElement("footer");
  #insertButton = button(translate("insert"), () => this.#runner.run(() => this.#act("insert")), "primary");
  #timesButton = button(translate("times"), () => this.#runner.run(() => this.#chooseTimes()));
  #copyButton = button(translate("copy"), () => this.#runner.run(() => this.#act("copyAndClose")));
  #root;
  #opener;
  #restoreFocus;
  #dialog;
  #runner;

  /** @param {HTMLElement} root @param {HTMLElement} opener */
  constructor(root, opener) {
    this.#root = root;
    this.#opener = opener;
    this.#restoreFocus = rememberFocus(opener);
    const closed = (/** @type {boolean} */ isByPerson) => this.#closed(isByPerson);
    this.#dialog = openDialog({ near: opener, dark: isDark(opener), closed });
    this.#runner = makeRunner(this.#dialog.content, this.#dialog.announce);
    this.#dialog.content.append(this.#step);
    this.#dialog.foot.append(...this.#runner.parts, this.#footer);
    opener.ariaExpanded = "true";
    addEventListener("pagehide", this.#dialog.close, { signal: this.#dialog.signal });
  }

  start() {
    this.#runner.run(() => this.#load());
  }

  /** Show why a quick insert was refused. @param {Refusal} refusal */
  showRefusal(refusal) {
    this.#runner.show(refusal, () => this.#loadAndInsert());
  }

  /** @param {boolean} isByPerson */
  #closed(isByPerson) {
    this.#opener.ariaExpanded = "false";
    if (isByPerson) this.#restoreFocus();
  }

  /** @returns {Promise<Refusal | null>} */
  async #load() {
    const loaded = await loadPages();
    return loaded.ok ? this.#fill(loaded) : loaded;
  }

  /** @param {Loaded} loaded */
  #fill(loaded) {
    this.#choices = loaded.choices;
    this.#dialog.account(loaded.account);
    const recipients = recipientsOf(this.#root);
    const changed = () => this.#updateButtons();
    const { announce } = this.#dialog;
    this.#form = new LinkForm({ pages: loaded.pages, remembered: loaded, recipients, changed, announce });
    this.#showForm();
    return null;
  }

  /** @returns {Promise<Refusal | null>} */
  async #loadAndInsert() {
    if (this.#form) return this.#act("insert"); // what the person typed in the meantime stays
    const loaded = await loadPages();
    if (!loaded.ok) return loaded;
    this.#fill(loaded);
    const { lastRequest } = await import("../last_request.js");
    return lastRequest(loaded, recipientsOf(this.#root)) ? this.#act("insert") : null;
  }

  #showForm() {
    if (!this.#form) return;
    this.#form.element.addEventListener("keydown", this.#insertOnEnter);
    this.#show(this.#form.element, [this.#insertButton, this.#timesButton, this.#copyButton]);
    this.#form.focus();
    this.#updateButtons();
  }

  /** One function for all calls of `#showForm`, so that the form has one listener. @param {KeyboardEvent} event */
  #insertOnEnter = ({ key, target, isComposing }) => {
    const isText = target instanceof HTMLInputElement && ["text", "email"].includes(target.type);
    if (key !== "Enter" || !isText || isComposing || this.#insertButton.disabled) return;
    this.#runner.run(() => this.#act("insert"));
  };

  #updateButtons() {
    const can = this.#form?.can();
    this.#insertButton.disabled = this.#copyButton.disabled = !can?.link;
    this.#timesButton.disabled = !can?.times;
  }

  /** @param {HTMLElement} element @param {HTMLElement[]} buttons */
  #show(element, buttons) {
    this.#step.replaceChildren(element);
    this.#footer.replaceChildren(...buttons);
  }

  /** The links are delivered: remember the choices and close. @param {Choices} more */
  #finish(more) {
    if (this.#form) {
      const { choices, ...others } = this.#form.toRemember();
      void sendMessage({ kind: "choices.set", choices: { ...choices, ...more }, ...others });
    }
    this.#dialog.close();
  }

  /**
   * @param {"insert" | "copyAndClose"} action
   * @param {LinkRequest | null} [request] without it, the form's
   * @param {Times} [times] inserted in place of the link alone
   * @returns {Promise<Refusal | null>}
   */
  async #act(action, request = this.#form?.request() ?? null, times = undefined) {
    if (!request) return personMissing();
    const loaded = await lazily(() => import("./actions.js"));
    if (!loaded.ok) return loaded;
    return loaded.module[action]({
      root: this.#root,
      request,
      times,
      signal: this.#dialog.signal,
      finish: () => this.#finish(times ? { timezone: times.timezone } : {}),
      restoreFocus: this.#restoreFocus,
    });
  }

  /** Show the step that chooses times. No link is made before they are inserted. @returns {Promise<Refusal | null>} */
  async #chooseTimes() {
    const request = this.#form?.request();
    if (!request) return personMissing();
    const loaded = await lazily(() => Promise.all([import("./times_step.js"), import("../grid/grid.js")]));
    if (!loaded.ok) return loaded;
    const [{ timesStep }, { weekGrid }] = loaded.module;
    const { run } = this.#runner;
    const { announce } = this.#dialog;
    const step = timesStep(weekGrid, request, { timezone: this.#choices.timezone, run, announce });
    const insertTimes = () => {
      const times = step.chosen();
      if (times.starts.length) run(() => this.#act("insert", request, times));
    };
    const goBack = button(translate("back"), () => this.#goBack());
    this.#show(step.element, [button(translate("times"), insertTimes, "primary"), goBack]);
    step.focus();
    const refused = await step.load();
    if (refused) this.#runner.show(refused, step.load);
    return null;
  }

  #goBack() {
    this.#runner.clear();
    this.#showForm();
  }
}
