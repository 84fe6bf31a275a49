// Whom a personalised link is for: filled in from To, a choice where there are several.

import { say } from "../say.js";
import { field, make, select } from "./elements.js";

/** @typedef {import("../../messages.js").Person} Person */

const EACH = "each";

/** @param {Person[]} recipients @param {() => void} changed called when *One link for each* comes or goes */
export function personFields(recipients, changed) {
  const name = make("input", { type: "text", autocomplete: "off", maxlength: "200" });
  const email = make("input", { type: "email", autocomplete: "off", maxlength: "254" });
  const pair = make("div", { class: "pair" }, field(say("name"), name), field(say("email"), email));
  const choice = select([
    ...recipients.map((person, place) => ({ value: String(place), text: `${person.name} (${person.email})` })),
    { value: EACH, text: say("oneEach") },
  ]);
  const choiceField = field(say("recipient"), choice);
  choiceField.hidden = recipients.length < 2;
  const element = make("div", { class: "for" }, choiceField, pair);
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
  }
  function isForEach() {
    return recipients.length > 1 && choice.value === EACH;
  }
  return {
    element,
    isForEach,
    /**
     * Whom it is for; null, with the focus where something is missing, while it is not known.
     * @returns {Person[] | null}
     */
    people() {
      if (isForEach()) return recipients;
      const missing = [name, email].find((input) => !input.value.trim() || !input.checkValidity());
      missing?.focus();
      return missing ? null : [{ name: name.value.trim(), email: email.value.trim() }];
    },
  };
}
