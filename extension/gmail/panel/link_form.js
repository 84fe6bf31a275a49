// The form of the panel: which link is wanted.

import { translate } from "../../texts/gmail/translate.js";
import { locale } from "../../texts/translator.js";
import { field, createElement, options, select, toggle } from "../../shared/elements.js";
import { NEVER, expiryDays, hasGeneralLink } from "../link_request.js";
import { pagePicker } from "./page_picker.js";
import { personFields } from "./person_fields.js";

/** @typedef {import("../../messages.js").SharedPage} SharedPage */
/** @typedef {import("../../messages.js").Person} Person */
/** @typedef {import("../../messages.js").Choices} Choices */
/** @typedef {import("../link_request.js").LinkRequest} LinkRequest */

const EXPIRY_DAYS = [1, 3, 7, 14, 30, 90, 180, 365];

/**
 * @param {{pages: SharedPage[], choices: Choices, recipients: Person[], changed: () => void}} options
 *   `changed` is called when the result of `can` may have changed
 */
export function linkForm({ pages, choices, recipients, changed }) {
  const picker = pagePicker(pages, () => showPage());
  const eventType = createElement("select");
  const eventTypeField = field(translate("eventType"), eventType);
  // What the switches were set to. A disabled switch shows the effective value, and gets its own value back later.
  const switches = {
    once: choices.one_time ?? true,
    person: choices.personalise ?? false,
    form: choices.show_form ?? false,
  };
  const oneTime = toggle(translate("oneTime"), (isOn) => set({ once: isOn }));
  const kind = createElement("p", { class: "hint", id: "kind" });
  oneTime.input.setAttribute("aria-describedby", "kind");
  const personalise = toggle(translate("personalise"), (isOn) => set({ person: isOn }));
  const person = personFields(recipients, () => show());
  const showForm = toggle(translate("showForm"), (isOn) => set({ form: isOn }));
  const expiry = select(expiries(), choices.expiry);
  const expiryField = field(translate("expiry"), expiry);
  const text = createElement("input", { type: "text", autocomplete: "off", maxlength: "200" });

  text.value = choices.text ?? "";
  showPage(choices.event_type);

  /** @param {string} [chosen] id of the event type */
  function showPage(chosen) {
    const page = picker.page();
    const types = page.event_types.map(({ id, name }) => ({ value: id, text: name }));
    eventType.replaceChildren(...options([{ value: "", text: translate("anyEventType") }, ...types], chosen));
    eventTypeField.hidden = types.length < 2;
    text.placeholder = page.title;
    show();
  }

  /** @param {Partial<typeof switches>} changes */
  function set(changes) {
    Object.assign(switches, changes);
    show();
  }

  function show() {
    const page = picker.page();
    const once = isOneTime();
    oneTime.input.checked = once;
    oneTime.input.disabled = !page.one_time;
    kind.textContent = translate(once ? "isOneTime" : page.one_time ? generalHint(page) : noOneTimeHint(page));
    personalise.input.checked = isPersonal();
    personalise.input.disabled = !once;
    person.element.hidden = !isPersonal();
    showForm.input.disabled = !isPersonal();
    showForm.input.checked = !isPersonal() || switches.form; // only a personalised link can skip the form
    expiryField.hidden = !once;
    changed();
  }
  function isOneTime() {
    return switches.once && picker.page().one_time;
  }
  function isPersonal() {
    return isOneTime() && switches.person;
  }

  const element = createElement(
    "div",
    { class: "part" },
    ...picker.parts,
    eventTypeField,
    oneTime.row,
    kind,
    personalise.row,
    person.element,
    showForm.row,
    expiryField,
    field(translate("linkText"), text),
  );
  return {
    element,
    focus: () => picker.search.focus(),
    /** Whether this link can be inserted, and whether times can be inserted with it. */
    can() {
      const link = isOneTime() || hasGeneralLink(picker.page());
      return { link, times: link && !(isPersonal() && person.isForEach()) };
    },
    /** The link that is wanted; null if a name or address is missing. @returns {LinkRequest | null} */
    request() {
      const people = isPersonal() ? person.people() : [];
      return people && {
        page: picker.page(),
        eventType: eventType.value || null,
        isOneTime: isOneTime(),
        people,
        skipsForm: !showForm.input.checked,
        expiresInDays: expiryDays(expiry.value),
        text: text.value.trim(),
      };
    },
    /** The choices to remember. @returns {Choices} */
    choices() {
      return {
        page: picker.page().id,
        event_type: eventType.value,
        one_time: switches.once,
        personalise: switches.person,
        show_form: switches.form,
        text: text.value.trim(),
        expiry: expiry.value,
      };
    },
  };
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
