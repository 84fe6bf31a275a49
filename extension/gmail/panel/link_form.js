// The form of the panel: what link it shall be.

import { locale, say } from "../say.js";
import { field, make, options, select, toggle } from "./elements.js";
import { NEVER, expiryDays } from "../wish.js";
import { pagePicker } from "./page_picker.js";
import { personFields } from "./person_fields.js";

/** @typedef {import("../../messages.js").SharedPage} SharedPage */
/** @typedef {import("../../messages.js").Person} Person */
/** @typedef {import("../../messages.js").Choices} Choices */
/** @typedef {import("../wish.js").Wish} Wish */

const EXPIRY_DAYS = [1, 3, 7, 14, 30, 90, 180, 365];

/**
 * @param {{pages: SharedPage[], choices: Choices, recipients: Person[], changed: () => void}} from the last page
 *   first; `changed` is called when what can be done with the form changes
 */
export function linkForm({ pages, choices, recipients, changed }) {
  const picker = pagePicker(pages, () => showPage());
  const eventType = make("select");
  const eventTypeField = field(say("eventType"), eventType);
  // A switch that has no say at present shows how it is, and keeps what it was set to.
  const wants = {
    once: choices.one_time ?? true,
    person: choices.personalise ?? false,
    form: choices.show_form ?? false,
  };
  const oneTime = toggle(say("oneTime"), (isOn) => want({ once: isOn }));
  const kind = make("p", { class: "hint", id: "kind" });
  oneTime.input.setAttribute("aria-describedby", "kind");
  const personalise = toggle(say("personalise"), (isOn) => want({ person: isOn }));
  const person = personFields(recipients, () => show());
  const showForm = toggle(say("showForm"), (isOn) => want({ form: isOn }));
  const expiry = select(expiries(), choices.expiry);
  const expiryField = field(say("expiry"), expiry);
  const text = make("input", { type: "text", autocomplete: "off", maxlength: "200" });

  text.value = choices.text ?? "";
  showPage(choices.event_type);

  /** @param {string} [chosen] the event type */
  function showPage(chosen) {
    const page = picker.page();
    const types = page.event_types.map(({ id, name }) => ({ value: id, text: name }));
    eventType.replaceChildren(...options([{ value: "", text: say("anyEventType") }, ...types], chosen));
    eventTypeField.hidden = types.length < 2;
    text.placeholder = page.title;
    show();
  }

  /** @param {Partial<typeof wants>} changes */
  function want(changes) {
    Object.assign(wants, changes);
    show();
  }

  function show() {
    const page = picker.page();
    const once = isOneTime();
    oneTime.input.checked = once;
    oneTime.input.disabled = !page.one_time;
    kind.textContent = say(once ? "isOneTime" : page.one_time ? generalOf(page) : whyNotOnce(page));
    personalise.input.checked = isPersonal();
    personalise.input.disabled = !once;
    person.element.hidden = !isPersonal();
    showForm.input.disabled = !isPersonal();
    showForm.input.checked = !isPersonal() || wants.form; // only a personalised link can do without
    expiryField.hidden = !once;
    changed();
  }
  function isOneTime() {
    return wants.once && picker.page().one_time;
  }
  function isPersonal() {
    return isOneTime() && wants.person;
  }

  const element = make(
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
    field(say("linkText"), text),
  );
  return {
    element,
    focus: () => picker.search.focus(),
    /** Whether this link can be made, and if so whether times can be inserted with it. */
    can() {
      const link = isOneTime() || !isOff(picker.page());
      return { link, times: link && !(isPersonal() && person.isForEach()) };
    },
    /** What is wished for; null while somebody's name or address is missing. @returns {Wish | null} */
    wish() {
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
    /** What to offer next time. @returns {Choices} */
    choices() {
      return {
        page: picker.page().id,
        event_type: eventType.value,
        one_time: wants.once,
        personalise: wants.person,
        show_form: wants.form,
        text: text.value.trim(),
        expiry: expiry.value,
      };
    },
  };
}

/** @param {SharedPage} page */
function isOff(page) {
  return page.general_link === false;
}

/** @param {SharedPage} page */
function generalOf(page) {
  return isOff(page) ? "onlyOneTime" : "isGeneral";
}

/** One-time links are for all that can be booked but master pages with static rules. @param {SharedPage} page */
function whyNotOnce({ event_types }) {
  return event_types.length ? "onlyGeneral" : "notBookable";
}

function expiries() {
  const days = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
  return [
    { value: "", text: say("expiryDefault") },
    ...EXPIRY_DAYS.map((count) => ({
      value: String(count),
      text: say("expiryAfter", { days: days.format(count) }),
    })),
    { value: NEVER, text: say("never") },
  ];
}
