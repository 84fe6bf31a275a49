// The panel of a compose: the form for a link, the buttons that insert or copy it, and the step that chooses times.

import { sendMessage } from "../send_message.js";
import { copy } from "../clipboard.js";
import { linkContent, timesContent } from "../link_content.js";
import { deliver } from "../deliver.js";
import { rememberFocus } from "../focus.js";
import { recipientsOf } from "../recipients.js";
import { translate } from "../../texts/gmail/translate.js";
import { isDark } from "../theme.js";
import { lastRequest, createLinks, loadPages, revokeLinks } from "../link_request.js";
import { button, createElement } from "../../shared/elements.js";
import { linkForm } from "./link_form.js";
import { openDialog } from "./dialog.js";
import { showNotice } from "./notice.js";
import { personMissing } from "./problem.js";
import { makeRunner } from "./runner.js";
import { timesStep } from "./times_step.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("../link_request.js").CreatedLink} CreatedLink */
/** @typedef {import("../link_request.js").LinkRequest} LinkRequest */
/** @typedef {import("./problem.js").Action} Action */

/**
 * @param {HTMLElement} root of the compose
 * @param {HTMLElement} opener the button that opened the panel
 * @param {Refusal} [refusal] why a quick insert did not work: it is shown, and its button retries the insert
 */
export function openPanel(root, opener, refusal) {
  const restoreFocus = rememberFocus(opener);
  /** @type {CreatedLink[]} created links that are in no message yet */
  let pending = [];
  const dialog = openDialog({ near: opener, dark: isDark(opener), closed });
  const runner = makeRunner(dialog.content);
  const { run } = runner;
  const step = createElement("div");
  const footer = createElement("footer");
  dialog.content.append(step);
  dialog.foot.append(...runner.parts, footer);
  opener.ariaExpanded = "true";
  addEventListener("pagehide", dialog.close, { signal: dialog.signal });
  /** @type {ReturnType<typeof linkForm> | null} */
  let form = null;
  /** @type {import("../../messages.js").Choices} */
  let choices = {};
  let isComplete = false; // whether the last choices are enough to insert a link
  const insertButton = button(translate("insert"), () => run(insert), "primary");
  const timesButton = button(translate("times"), () => run(chooseTimes));
  const copyButton = button(translate("copy"), () => run(copyAndClose));

  if (refusal) runner.show(refusal, loadAndInsert);
  else run(load);

  /** @param {boolean} isByPerson */
  function closed(isByPerson) {
    opener.ariaExpanded = "false";
    void revokeLinks(pending);
    if (isByPerson) restoreFocus();
  }

  /** @type {Action} */
  async function load() {
    const loaded = await loadPages();
    if (!loaded.ok) return loaded;
    choices = loaded.choices;
    dialog.account(loaded.account);
    const recipients = recipientsOf(root);
    isComplete = lastRequest(loaded, recipients) !== null;
    form = linkForm({ pages: loaded.pages, choices, recipients, changed: () => updateButtons() });
    showForm();
    return null;
  }

  /** @type {Action} */
  async function loadAndInsert() {
    if (form) return insert(); // what the person typed in the meantime stays
    return (await load()) ?? (isComplete ? insert() : null);
  }

  function showForm() {
    if (!form) return;
    form.element.addEventListener("keydown", insertOnEnter);
    show(form.element, [insertButton, timesButton, copyButton]);
    form.focus();
    updateButtons();
  }

  /** @param {KeyboardEvent} event */
  function insertOnEnter({ key, target, isComposing }) {
    const isText = target instanceof HTMLInputElement && ["text", "email"].includes(target.type);
    if (key === "Enter" && isText && !isComposing && !insertButton.disabled) run(insert);
  }

  function updateButtons() {
    const can = form?.can();
    insertButton.disabled = copyButton.disabled = !can?.link;
    timesButton.disabled = !can?.times;
  }

  /** @param {HTMLElement} element @param {HTMLElement[]} buttons */
  function show(element, buttons) {
    step.replaceChildren(element);
    footer.replaceChildren(...buttons);
  }

  /**
   * Create the links that the form asks for. If the panel was closed in the meantime, they are revoked.
   * @param {(links: CreatedLink[], request: LinkRequest) => Promise<Refusal | null>} then
   * @returns {Promise<Refusal | null>}
   */
  async function withLinks(then) {
    const request = form?.request();
    if (!request) return personMissing();
    const created = await createLinks(request);
    if (!created.ok) return created;
    if (dialog.signal.aborted) {
      await revokeLinks(created.links);
      return null;
    }
    return then(created.links, request);
  }

  /** The links are delivered: remember the choices and close. @param {import("../../messages.js").Choices} [more] */
  function finish(more = {}) {
    pending = [];
    if (form) void sendMessage({ kind: "choices.set", choices: { ...form.choices(), ...more } });
    dialog.close();
  }

  /** @type {Action} */
  function insert() {
    return withLinks(async (links, request) => {
      finish();
      await deliver(root, linkContent(links, request), links);
      return null;
    });
  }

  /** @type {Action} */
  function copyAndClose() {
    return withLinks(async (links, request) => {
      const content = linkContent(links, request);
      const isCopied = await copy(content);
      finish();
      if (isCopied) restoreFocus();
      else showNotice(root, translate("notCopied"), content.text);
      return null;
    });
  }

  /** @type {Action} */
  function chooseTimes() {
    return withLinks(async (links, request) => {
      const [link] = links;
      if (!link) return null;
      pending = links;
      const types = request.page.event_types;
      const eventType = request.eventType ?? (types.length > 1 ? (types[0]?.id ?? null) : null);
      const times = timesStep({ url: link.url, eventType, timezone: choices.timezone, run });
      show(times.element, [
        button(translate("times"), () => void insertTimes(link, times, types.length > 1 ? eventType : null), "primary"),
        button(translate("back"), goBack),
      ]);
      times.focus();
      const refused = await times.load();
      if (refused) runner.show(refused, times.load); // a retry loads the times, and creates no other link
      return null;
    });
  }

  /**
   * @param {CreatedLink} link
   * @param {ReturnType<typeof timesStep>} times
   * @param {string | null} eventType
   */
  async function insertTimes(link, times, eventType) {
    const starts = times.starts();
    if (!starts.length || runner.isBusy()) return;
    const timezone = times.timezone();
    finish({ timezone });
    await deliver(root, timesContent(link, { starts, timezone, eventType }), [link]);
  }

  function goBack() {
    void revokeLinks(pending);
    pending = [];
    runner.clear();
    showForm();
  }
}
