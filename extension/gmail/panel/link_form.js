// The form of the panel: which link is wanted.

import { createElement, field, options, select, toggle } from "../../shared/elements.js";
import { translate } from "../../texts/gmail/translate.js";
import { locale } from "../../texts/translator.js";
import { NEVER, expiryDays, hasGeneralLink } from "../link_request.js";
import { pagePicker } from "./page_picker.js";
import { personFields } from "./person_fields.js";

/** @import {Choices, Person, SharedPage} from "../../messages.js" */
/** @import {LinkRequest} from "../link_request.js" */

const EXPIRY_DAYS = [1, 3, 7, 14, 30, 90, 180, 365];

export class LinkForm {
  #oneTime = toggle(translate("oneTime"), (isOn) => this.#set({ once: isOn }));
  #kind = createElement("p", { class: "hint", id: "kind" });
  #personalise = toggle(translate("personalise"), (isOn) => this.#set({ person: isOn }));
  #showForm = toggle(translate("showForm"), (isOn) => this.#set({ form: isOn }));
  #eventType = createElement("select");
  #eventTypeField = field(translate("eventType"), this.#eventType);
  #text = createElement("input", { type: "text", autocomplete: "off", maxlength: "200" });
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
   * @param {Choices} options.choices
   * @param {Person[]} options.recipients
   * @param {() => void} options.changed is called when the result of `can` may have changed
   * @param {(text: string) => void} options.announce
   */
  constructor({ pages, choices, recipients, changed, announce }) {
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
    this.#text.value = choices.text ?? "";
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
    );
  }

  focus() {
    this.#picker.search.focus();
  }

  /** Whether this link can be inserted, and whether times can be inserted with it. */
  can() {
    const link = this.#isOneTime() || hasGeneralLink(this.#picker.page());
    return { link, times: link && !(this.#isPersonal() && this.#person.isForEach()) };
  }

  /** The link that is wanted; null if a name or address is missing. @returns {LinkRequest | null} */
  request() {
    const people = this.#isPersonal() ? this.#person.people() : [];
    return people && {
      page: this.#picker.page(),
      eventType: this.#eventType.value || null,
      isOneTime: this.#isOneTime(),
      people,
      skipsForm: !this.#showForm.input.checked,
      expiresInDays: expiryDays(this.#expiry.value),
      text: this.#text.value.trim(),
    };
  }

  /** The choices to remember. @returns {Choices} */
  choices() {
    return {
      page: this.#picker.page().id,
      event_type: this.#eventType.value,
      one_time: this.#switches.once,
      personalise: this.#switches.person,
      show_form: this.#switches.form,
      text: this.#text.value.trim(),
      expiry: this.#expiry.value,
    };
  }

  /** @param {string} [chosen] id of the event type */
  #showPage(chosen) {
    const page = this.#picker.page();
    const types = page.event_types.map(({ id, name }) => ({ value: id, text: name }));
    this.#eventType.replaceChildren(...options([{ value: "", text: translate("anyEventType") }, ...types], chosen));
    this.#eventTypeField.hidden = types.length < 2;
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
    this.#changed();
  }

  #isOneTime() {
    return this.#switches.once && this.#picker.page().one_time;
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
