// The form of the panel: which link is wanted.

import { button, createElement, field, options, select, toggle } from "../../shared/elements.js";
import { translate } from "../../texts/gmail/translate.js";
import { locale } from "../../texts/translator.js";
import { NEVER, expiryDays, hasGeneralLink, nameOf, styleOf } from "../link_request.js";
import { LANGUAGES, domainOf, languageOf, localeFor } from "../recipient_language.js";
import { sendMessage } from "../send_message.js";
import { pagePicker } from "./page_picker.js";
import { personFields } from "./person_fields.js";

/** @import {Choices, Person, Remembered, SharedPage} from "../../messages.js" */
/** @import {LinkRequest} from "../link_request.js" */

const SHOWN_CHARACTERS = 60; // of a snippet
const EXPIRY_DAYS = [1, 3, 7, 14, 30, 90, 180, 365];

export class LinkForm {
  #oneTime = toggle(translate("oneTime"), (isOn) => this.#set({ once: isOn }));
  #kind = createElement("p", { class: "hint", id: "kind" });
  #personalise = toggle(translate("personalise"), (isOn) => this.#set({ person: isOn }));
  #showForm = toggle(translate("showForm"), (isOn) => this.#set({ form: isOn }));
  #eventType = createElement("select");
  #eventTypeField = field(translate("eventType"), this.#eventType);
  #text = createElement("input", { type: "text", autocomplete: "off", maxlength: "200" });
  #style = select([
    { value: "link", text: translate("yourLink") },
    { value: "sentence", text: translate("asSentence") },
    { value: "card", text: translate("asCard") },
  ]);
  #language = select([{ value: "", text: translate("pageLanguage") }, ...languages()]);
  /** Whether the person chose the language; otherwise it follows the recipient. */
  #isLanguageChosen = false;
  /** @type {string | null} */
  #shownPage = null;
  #snippet;
  #content;
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
    const { choices, texts, snippets } = remembered;
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
    this.#style.value = styleOf(choices.style);
    this.#language.addEventListener("change", () => (this.#isLanguageChosen = true));
    this.#snippet = select(
      [
        { value: "", text: translate("noSnippet") },
        ...snippets.map(({ id, text }) => ({ value: id, text: text.replace(/\s+/g, " ").slice(0, SHOWN_CHARACTERS) })),
      ],
      choices.snippet,
    );
    const editSnippets = button(translate("addSnippet"), () => void sendMessage({ kind: "options.open" }));
    this.#content = createElement(
      "div",
      { class: "pair" },
      field(translate("insertAs"), this.#style),
      field(translate("language"), this.#language),
      snippets.length ? field(translate("snippet"), this.#snippet) : editSnippets,
    );
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
      this.#content,
    );
    for (const type of ["input", "change"]) this.element.addEventListener(type, changed);
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

  /** The link that would be previewed; null if this page has no such link. @returns {LinkRequest | null} */
  sample() {
    return this.can().link ? this.#requestFor(this.#isForEach() ? this.#recipients : []) : null;
  }

  /** @param {Person[]} people @returns {LinkRequest} */
  #requestFor(people) {
    const readers = this.#readers();
    return {
      page: this.#picker.page(),
      eventType: this.#eventType.value || null,
      isOneTime: this.#isOneTime(),
      people,
      skipsForm: !this.#showForm.input.checked,
      expiresInDays: expiryDays(this.#expiry.value),
      text: this.#text.value.trim(),
      style: styleOf(this.#style.value),
      locale: this.#language.value && localeFor(this.#language.value, readers),
      snippet: this.#remembered.snippets.find(({ id }) => id === this.#snippet.value)?.text ?? "",
      name: nameOf(readers),
    };
  }

  /** What to remember: the choices, the text for the page, and the language for the recipients' mail domain. */
  toRemember() {
    const domain = domainOf(this.#readers());
    return {
      choices: this.#choices(),
      text: this.#text.value.trim(),
      ...(domain && !this.#isForEach() ? { language: { domain, tag: this.#language.value } } : {}),
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
      style: this.#style.value,
      snippet: this.#snippet.value,
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
    this.#content.hidden = this.#isForEach(); // several people get a line with a link each
    if (!this.#isLanguageChosen) this.#language.value = languageOf(this.#readers(), this.#remembered.languages);
    this.#changed();
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

/** The customers' languages, by their names in the reader's language. */
function languages() {
  const names = new Intl.DisplayNames(locale(), { type: "language" });
  return LANGUAGES.map((tag) => ({ value: tag, text: names.of(tag) ?? tag }));
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
