// The panel of a compose: the form for a link, the buttons that insert or copy it, and the step that chooses times.

import { translate } from "../../texts/gmail/translate.js";
import { button, createElement } from "../../shared/elements.js";
import { rememberFocus } from "../focus.js";
import { lazily } from "../lazy.js";
import { lastRequest, loadPages } from "../link_request.js";
import { recipientsOf } from "../recipients.js";
import { sendMessage } from "../send_message.js";
import { isDark } from "../theme.js";
import { openDialog } from "./dialog.js";
import { disclosure } from "./disclosure.js";
import { LinkForm } from "./link_form.js";
import { personMissing } from "./problem.js";
import { makeRunner } from "./runner.js";

/** @import {Choices, Refusal} from "../../messages.js" */
/** @import {Content} from "../insert.js" */
/** @import {CreatedLink} from "../link_create.js" */
/** @import {LinkRequest, Times} from "../link_request.js" */
/** @typedef {typeof import("../insertion.js")} Insertion */
/** @typedef {(created: {links: CreatedLink[], content: Content}, insertion: Insertion) => Promise<void>} Then */

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
  #isComplete = false; // whether the last choices are enough to insert a link
  #step = createElement("div");
  #footer = createElement("footer");
  #insertButton = button(translate("insert"), () => this.#runner.run(() => this.#insert()), "primary");
  #timesButton = button(translate("times"), () => this.#runner.run(() => this.#chooseTimes()));
  #copyButton = button(translate("copy"), () => this.#runner.run(() => this.#copyAndClose()));
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
    if (!loaded.ok) return loaded;
    this.#choices = loaded.choices;
    this.#dialog.account(loaded.account);
    const recipients = recipientsOf(this.#root);
    this.#isComplete = lastRequest(loaded, recipients) !== null;
    const changed = () => this.#updateButtons();
    const { announce } = this.#dialog;
    this.#form = new LinkForm({ pages: loaded.pages, remembered: loaded, recipients, changed, announce });
    this.#showForm();
    return null;
  }

  /** @returns {Promise<Refusal | null>} */
  async #loadAndInsert() {
    if (this.#form) return this.#insert(); // what the person typed in the meantime stays
    return (await this.#load()) ?? (this.#isComplete ? this.#insert() : null);
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
    this.#runner.run(() => this.#insert());
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

  /**
   * Create links and what to insert for them. If the panel was closed in the meantime, they are revoked.
   * @param {LinkRequest} request
   * @param {Times | undefined} times
   * @param {Then} then
   * @returns {Promise<Refusal | null>}
   */
  async #create(request, times, then) {
    const loaded = await lazily(() => import("../insertion.js"));
    if (!loaded.ok) return loaded;
    const { createLinks, revokeLinks } = loaded.module;
    const created = await createLinks(request, times);
    if (!created.ok) return created;
    if (this.#dialog.signal.aborted) await revokeLinks(created.links);
    else await then(created, loaded.module);
    return null;
  }

  /** The links are delivered: remember the choices and close. @param {Choices} [more] */
  #finish(more = {}) {
    if (this.#form) {
      const { choices, ...others } = this.#form.toRemember();
      void sendMessage({ kind: "choices.set", choices: { ...choices, ...more }, ...others });
    }
    this.#dialog.close();
  }

  #insert() {
    return this.#fromForm(async ({ links, content }, { deliver }) => {
      this.#finish();
      await deliver(this.#root, content, links);
    });
  }

  #copyAndClose() {
    return this.#fromForm(async ({ content }, { copy, showNotice }) => {
      const isCopied = await copy(content);
      this.#finish();
      if (isCopied) this.#restoreFocus();
      else showNotice(this.#root, translate("notCopied"), content.text);
    });
  }

  /** @param {Then} then */
  async #fromForm(then) {
    const request = this.#form?.request();
    return request ? this.#create(request, undefined, then) : personMissing();
  }

  /** Show the step that chooses times. No link is made before they are inserted. @returns {Promise<Refusal | null>} */
  async #chooseTimes() {
    const request = this.#form?.request();
    if (!request) return personMissing();
    const [first] = request.page.event_types;
    const eventType = request.eventType ?? first?.id ?? null;
    const loaded = await lazily(() => import("../grid/grid.js"));
    if (!loaded.ok) return loaded;
    const { run } = this.#runner;
    const { announce } = this.#dialog;
    const { timezone } = this.#choices;
    const times = loaded.module.weekGrid({ page: request.page.id, eventType, timezone, run, announce });
    const insertTimes = () => times.starts().length && run(() => this.#insertTimes(request, times, eventType));
    const goBack = button(translate("back"), () => this.#goBack());
    const preview = disclosure(async () => {
      const { makePreview } = await import("../preview/preview.js");
      return () =>
        makePreview(() => {
          const starts = times.starts();
          return { request: starts.length ? request : null, times: { starts, timezone: times.timezone(), eventType } };
        });
    });
    preview.toggle.textContent = translate("preview");
    for (const type of ["click", "change", "keyup"]) times.element.addEventListener(type, preview.update);
    const step = createElement("div", {}, times.element, createElement("div", { class: "part" }, preview.element));
    this.#show(step, [button(translate("times"), insertTimes, "primary"), goBack]);
    times.focus();
    const refused = await times.load();
    if (refused) this.#runner.show(refused, times.load);
    return null;
  }

  /**
   * @param {LinkRequest} request
   * @param {ReturnType<typeof import("../grid/grid.js").weekGrid>} step
   * @param {string | null} eventType
   */
  #insertTimes(request, step, eventType) {
    const timezone = step.timezone();
    const times = { starts: step.starts(), timezone, eventType };
    return this.#create(request, times, async ({ links, content }, { deliver }) => {
      this.#finish({ timezone });
      await deliver(this.#root, content, links);
    });
  }

  #goBack() {
    this.#runner.clear();
    this.#showForm();
  }
}
