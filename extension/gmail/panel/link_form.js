// The form of the panel: which link is wanted.

import { createElement, field, options, select, toggle } from "../../shared/elements.js";
import { translate } from "../../texts/gmail/translate.js";
import { locale } from "../../texts/translator.js";
import { NEVER, expiryDays, hasGeneralLink, styleOf } from "../link_request.js";
import { disclosure } from "./disclosure.js";
import { pagePicker } from "./page_picker.js";
import { personFields } from "./person_fields.js";

/** @import {Choices, Person, Remembered, SharedPage} from "../../messages.js" */
/** @import {LinkRequest, Style} from "../link_request.js" */
/**
 * @typedef {{style: Style, snippet: string, language: string | null}} Format how a link is inserted: `snippet` is an
 *   id, `language` is null until one is chosen
 */

const SHOWN_CHARACTERS = 60;
const STYLES = /** @type {const} */ ({ link: "yourLink", sentence: "asSentence", card: "asCard" });
const EXPIRY_DAYS = [1, 3, 7, 14, 30, 90, 180, 365];

export class LinkForm {
  #oneTime = toggle(translate("oneTime"), (isOn) => this.#set({ once: isOn }));
  #kind = createElement("p", { class: "hint", id: "kind" });
  #personalise = toggle(translate("personalise"), (isOn) => this.#set({ person: isOn }));
  #showForm = toggle(translate("showForm"), (isOn) => this.#set({ form: isOn }));
  #eventType = createElement("select");
  #eventTypeField = field(translate("eventType"), this.#eventType);
  #text = createElement("input", { type: "text", autocomplete: "off", maxlength: "200" });
  #formatPart = disclosure(async () => {
    const { formatFields } = await import("../preview/format_fields.js");
    return () => formatFields(this.#format, this.#remembered.snippets, () => this.#sample());
  });
  /** @type {string | null} */
  #shownPage = null;
  /** @type {Format} */
  #format;
  #remembered;
  #recipients;
  #changed;
  #announce;
  #switches;
  #picker;
  #person;
  #expiry;
  #expiryField;

  /**
   * @param {object} options
   * @param {SharedPage[]} options.pages
   * @param {Remembered} options.remembered
   * @param {Person[]} options.recipients
   * @param {() => void} options.changed is called when the results of `can` and `sample` may have changed
   * @param {(text: string) => void} options.announce
   */
  constructor({ pages, remembered, recipients, changed, announce }) {
    const { choices, texts } = remembered;
    this.#remembered = { ...remembered, texts: { ...texts } };
    this.#recipients = recipients;
    this.#changed = changed;
    this.#announce = announce;
    // What the switches were set to. A disabled switch shows the effective value, and gets its own value back later.
    this.#switches = {
      once: choices.one_time ?? true,
      person: choices.personalise ?? false,
      form: choices.show_form ?? false,
    };
    this.#picker = pagePicker(pages, () => this.#showPage(), announce);
    this.#person = personFields(recipients, () => this.#show());
    this.#expiry = select(expiries(), choices.expiry);
    this.#expiryField = field(translate("expiry"), this.#expiry);
    this.#oneTime.input.setAttribute("aria-describedby", "kind");
    this.#format = { style: styleOf(choices.style), snippet: choices.snippet ?? "", language: null };
    this.#showPage(choices.event_type);
    this.element = createElement(
      "div",
      { class: "part" },
      ...this.#picker.parts,
      this.#eventTypeField,
      this.#oneTime.row,
      this.#kind,
      this.#personalise.row,
      this.#person.element,
      this.#showForm.row,
      this.#expiryField,
      field(translate("linkText"), this.#text),
      this.#formatPart.element,
    );
    for (const type of ["input", "change"]) this.element.addEventListener(type, () => this.#showFormat());
  }

  focus() {
    this.#picker.search.focus();
  }

  /** Whether this link can be inserted, and whether times can be inserted with it. */
  can() {
    const link = this.#isOneTime() || hasGeneralLink(this.#picker.page());
    return { link, times: link && !this.#isForEach() };
  }

  /** The link that is wanted; null if a name or address is missing. @returns {LinkRequest | null} */
  request() {
    const people = this.#isPersonal() ? this.#person.people() : [];
    return people && this.#requestFor(people);
  }

  /** The link that is previewed; null if this page has no such link. */
  #sample() {
    return this.can().link ? this.#requestFor(this.#isForEach() ? this.#recipients : []) : null;
  }

  /** @param {Person[]} people @returns {LinkRequest} */
  #requestFor(people) {
    return {
      page: this.#picker.page(),
      eventType: this.#eventType.value || null,
      isOneTime: this.#isOneTime(),
      people,
      skipsForm: !this.#showForm.input.checked,
      expiresInDays: expiryDays(this.#expiry.value),
      text: this.#text.value.trim(),
      style: this.#format.style,
      snippet: this.#snippet(),
      readers: this.#readers(),
      language: this.#format.language,
      languages: this.#remembered.languages,
    };
  }

  #snippet() {
    return this.#remembered.snippets.find(({ id }) => id === this.#format.snippet)?.text ?? "";
  }

  /** What to remember: the choices, the text for the page, and the language if one was chosen. */
  toRemember() {
    const { language } = this.#format;
    return {
      choices: this.#choices(),
      text: this.#text.value.trim(),
      ...(language === null ? {} : { language: { tag: language, to: this.#readers().map(({ email }) => email) } }),
    };
  }

  /** @returns {Choices} */
  #choices() {
    return {
      page: this.#picker.page().id,
      event_type: this.#eventType.value,
      one_time: this.#switches.once,
      personalise: this.#switches.person,
      show_form: this.#switches.form,
      expiry: this.#expiry.value,
      style: this.#format.style,
      snippet: this.#format.snippet,
    };
  }

  /** Those who will read the message, as far as they are known. */
  #readers() {
    const typed = this.#person.typed();
    return this.#isPersonal() && !this.#isForEach() && typed.email ? [typed] : this.#recipients;
  }

  /** @param {string} [chosen] id of the event type */
  #showPage(chosen) {
    const page = this.#picker.page();
    const types = page.event_types.map(({ id, name }) => ({ value: id, text: name }));
    this.#eventType.replaceChildren(...options([{ value: "", text: translate("anyEventType") }, ...types], chosen));
    this.#eventTypeField.hidden = types.length < 2;
    const { text, texts } = this.#remembered;
    if (this.#shownPage) texts[this.#shownPage] = this.#text.value; // for when that page is chosen again
    this.#shownPage = page.id;
    this.#text.value = texts[page.id] ?? text;
    this.#text.placeholder = page.title;
    this.#show();
  }

  /** @param {{once?: boolean, person?: boolean, form?: boolean}} changes */
  #set(changes) {
    Object.assign(this.#switches, changes);
    this.#show();
  }

  #show() {
    const page = this.#picker.page();
    const isOneTime = this.#isOneTime();
    const isPersonal = this.#isPersonal();
    this.#oneTime.input.checked = isOneTime;
    this.#oneTime.input.disabled = !page.one_time;
    const hint = translate(isOneTime ? "isOneTime" : page.one_time ? generalHint(page) : noOneTimeHint(page));
    if (this.#kind.textContent && this.#kind.textContent !== hint) this.#announce(hint);
    this.#kind.textContent = hint;
    this.#personalise.input.checked = isPersonal;
    this.#personalise.input.disabled = !isOneTime;
    this.#person.element.hidden = !isPersonal;
    this.#showForm.input.disabled = !isPersonal;
    this.#showForm.input.checked = !isPersonal || this.#switches.form; // only a personalised link can skip the form
    this.#expiryField.hidden = !isOneTime;
    this.#showFormat();
    this.#changed();
  }

  /** Say how the link is inserted. */
  #showFormat() {
    const isList = this.#isForEach(); // a line with a link for each
    const parts = [translate(STYLES[isList ? "link" : this.#format.style]), isList ? "" : this.#snippet()];
    const format = parts.filter(Boolean).join(" · ").slice(0, SHOWN_CHARACTERS);
    this.#formatPart.toggle.textContent = translate("format", { format });
    this.#formatPart.update();
  }

  #isOneTime() {
    return this.#switches.once && this.#picker.page().one_time;
  }

  #isForEach() {
    return this.#isPersonal() && this.#person.isForEach();
  }

  #isPersonal() {
    return this.#isOneTime() && this.#switches.person;
  }
}

/** @param {SharedPage} page */
function generalHint(page) {
  return hasGeneralLink(page) ? "isGeneral" : "onlyOneTime";
}

/** Only a master page with static rules can be booked and has no one-time links. @param {SharedPage} page */
function noOneTimeHint({ event_types }) {
  return event_types.length ? "onlyGeneral" : "notBookable";
}

function expiries() {
  const days = new Intl.NumberFormat(locale(), { style: "unit", unit: "day", unitDisplay: "long" });
  return [
    { value: "", text: translate("expiryDefault") },
    ...EXPIRY_DAYS.map((count) => ({
      value: String(count),
      text: translate("expiryAfter", { days: days.format(count) }),
    })),
    { value: NEVER, text: translate("never") },
  ];
}
