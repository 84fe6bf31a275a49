// The person of a personalised link: filled in from To; with several recipients there is a choice.

import { translate } from "../../texts/gmail/translate.js";
import { field, createElement, select } from "../../shared/elements.js";

/** @typedef {import("../../messages.js").Person} Person */

const EACH = "each";

/**
 * @param {Person[]} recipients
 * @param {() => void} changed called when another recipient, or *One link for each*, is chosen
 */
export function personFields(recipients, changed) {
  const name = createElement("input", { type: "text", autocomplete: "off", maxlength: "200" });
  const email = createElement("input", { type: "email", autocomplete: "off", maxlength: "254" });
  const fields = [field(translate("name"), name), field(translate("email"), email)];
  const pair = createElement("div", { class: "pair" }, ...fields);
  const choice = select([
    ...recipients.map((person, index) => ({ value: String(index), text: `${person.name} (${person.email})` })),
    { value: EACH, text: translate("oneEach") },
  ]);
  const choiceField = field(translate("recipient"), choice);
  choiceField.hidden = recipients.length < 2;
  const element = createElement("div", { class: "for" }, choiceField, pair);
  for (const input of [name, email]) input.addEventListener("input", () => (input.ariaInvalid = "false"));
  choice.addEventListener("change", () => {
    fill();
    changed();
  });
  fill();

  function fill() {
    pair.hidden = isForEach();
    const person = recipients[Number(choice.value)];
    if (!person || isForEach()) return;
    name.value = person.name;
    email.value = person.email;
    name.ariaInvalid = email.ariaInvalid = "false";
  }
  function isForEach() {
    return recipients.length > 1 && choice.value === EACH;
  }
  return {
    element,
    isForEach,
    /** What the fields have, complete or not. @returns {Person} */
    typed: () => ({ name: name.value.trim(), email: email.value.trim() }),
    /**
     * The people that links are for; null if a name or address is missing: that field is marked, and has the focus.
     * @returns {Person[] | null}
     */
    people() {
      if (isForEach()) return recipients;
      const missing = [name, email].find((input) => !input.value.trim() || !input.checkValidity());
      if (missing) missing.ariaInvalid = "true";
      missing?.focus();
      return missing ? null : [{ name: name.value.trim(), email: email.value.trim() }];
    },
  };
}
