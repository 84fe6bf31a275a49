// The panel of a compose: a form, what can be done with it, and what came of it.

import { ask } from "../ask.js";
import { copy } from "../clipboard.js";
import { linkContent, timesContent } from "../content.js";
import { deliver } from "../deliver.js";
import { giveFocusBack } from "../focus.js";
import { recipientsOf } from "../recipients.js";
import { say } from "../say.js";
import { isDark } from "../theme.js";
import { lastWish, makeLinks, readOffer, withdraw } from "../wish.js";
import { button, make } from "./elements.js";
import { linkForm } from "./form.js";
import { openFrame } from "./frame.js";
import { showNotice } from "./notice.js";
import { personMissing } from "./problem.js";
import { makeRunner } from "./runner.js";
import { timesStep } from "./times.js";

/** @typedef {import("../../messages.js").Refusal} Refusal */
/** @typedef {import("../wish.js").Made} Made */
/** @typedef {import("../wish.js").Wish} Wish */
/** @typedef {import("./problem.js").Action} Action */

/**
 * @param {HTMLElement} root the compose's
 * @param {HTMLElement} opener the button
 * @param {Refusal} [refusal] why inserting at once did not work: shown, and inserting is what is tried again
 */
export function openPanel(root, opener, refusal) {
  const giveBack = giveFocusBack(opener);
  /** @type {Made[]} links that were made and are in no message yet */
  let pending = [];
  const frame = openFrame({ near: opener, dark: isDark(opener), closed });
  const runner = makeRunner(frame.content);
  const { run } = runner;
  const step = make("div");
  const footer = make("footer");
  frame.content.append(step);
  frame.foot.append(...runner.parts, footer);
  opener.ariaExpanded = "true";
  addEventListener("pagehide", frame.close, { signal: frame.signal });
  /** @type {ReturnType<typeof linkForm> | null} */
  let form = null;
  /** @type {import("../../messages.js").Choices} */
  let choices = {};
  let isClear = false; // what is wished for, without being asked
  const insertButton = button(say("insert"), () => run(insert), "primary");
  const timesButton = button(say("times"), () => run(chooseTimes));
  const copyButton = button(say("copy"), () => run(copyAndClose));

  if (refusal) runner.show(refusal, loadAndInsert);
  else run(load);

  /** @param {boolean} isByHand */
  function closed(isByHand) {
    opener.ariaExpanded = "false";
    void withdraw(pending);
    if (isByHand) giveBack();
  }

  /** @type {Action} */
  async function load() {
    const offer = await readOffer();
    if (!offer.ok) return offer;
    choices = offer.choices;
    frame.account(offer.account);
    const recipients = recipientsOf(root);
    isClear = lastWish(offer, recipients) !== null;
    form = linkForm({ pages: offer.pages, choices, recipients, changed: () => showCan() });
    showForm();
    return null;
  }

  /** @type {Action} */
  async function loadAndInsert() {
    if (form) return insert(); // what was typed in it meanwhile stays
    return (await load()) ?? (isClear ? insert() : null);
  }

  function showForm() {
    if (!form) return;
    form.element.addEventListener("keydown", insertOnEnter);
    show(form.element, [insertButton, timesButton, copyButton]);
    form.focus();
    showCan();
  }

  /** @param {KeyboardEvent} event */
  function insertOnEnter({ key, target, isComposing }) {
    const isText = target instanceof HTMLInputElement && ["text", "email"].includes(target.type);
    if (key === "Enter" && isText && !isComposing && !insertButton.disabled) run(insert);
  }

  function showCan() {
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
   * Makes what the form wishes for. Nothing more is done where the panel was closed meanwhile.
   * @param {(links: Made[], wish: Wish) => Promise<Refusal | null>} then
   * @returns {Promise<Refusal | null>}
   */
  async function withLinks(then) {
    const wish = form?.wish();
    if (!wish) return personMissing();
    const made = await makeLinks(wish);
    if (!made.ok) return made;
    if (frame.signal.aborted) {
      await withdraw(made.links);
      return null;
    }
    return then(made.links, wish);
  }

  /** The links went where they were meant to go. @param {import("../../messages.js").Choices} [more] */
  function finish(more = {}) {
    pending = [];
    if (form) void ask({ kind: "choices.set", choices: { ...form.choices(), ...more } });
    frame.close();
  }

  /** @type {Action} */
  function insert() {
    return withLinks(async (links, wish) => {
      finish();
      await deliver(root, linkContent(links, wish), links);
      return null;
    });
  }

  /** @type {Action} */
  function copyAndClose() {
    return withLinks(async (links, wish) => {
      const content = linkContent(links, wish);
      const isCopied = await copy(content);
      finish();
      if (isCopied) giveBack();
      else showNotice(root, say("notCopied"), content.text);
      return null;
    });
  }

  /** @type {Action} */
  function chooseTimes() {
    return withLinks(async (links, wish) => {
      const [link] = links;
      if (!link) return null;
      pending = links;
      const types = wish.page.event_types;
      const eventType = wish.eventType ?? (types.length > 1 ? (types[0]?.id ?? null) : null);
      const times = timesStep({ url: link.url, eventType, timezone: choices.timezone, run });
      show(times.element, [
        button(say("times"), () => void insertTimes(link, times, types.length > 1 ? eventType : null), "primary"),
        button(say("back"), goBack),
      ]);
      times.focus();
      const refused = await times.load();
      if (refused) runner.show(refused, times.load); // which makes no other link
      return null;
    });
  }

  /**
   * @param {Made} link
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
    void withdraw(pending);
    pending = [];
    runner.clear();
    showForm();
  }
}
