// The recipients of the message, read from its To field.

import { SELECTORS, any } from "./selectors.js";

/** @typedef {import("../messages.js").Person} Person */

const COPIED = any(SELECTORS.copied);
const ADDRESS = /^(?:"?(?<name>[^"<]*?)"?\s*)<(?<email>[^<>\s]+@[^<>\s]+)>$/;

/** The recipients in To, without duplicates. @param {HTMLElement} root @returns {Person[]} */
export function recipientsOf(root) {
  for (const { find } of SELECTORS.recipient) {
    const people = [...root.querySelectorAll(find)].filter((chip) => !chip.closest(COPIED)).map(fromChip);
    const known = unique(people);
    if (known.length) return known;
  }
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    root.querySelectorAll(any(SELECTORS.recipientField))
  );
  return unique([...fields].flatMap((field) => split(field.value).map(fromAddress)));
}

/** @param {Element} chip @returns {Person} */
function fromChip(chip) {
  const email = chip.getAttribute("data-hovercard-id") ?? chip.getAttribute("email") ?? "";
  return named(chip.getAttribute("data-name") ?? chip.getAttribute("name") ?? chip.textContent ?? "", email);
}

/** @param {string} address @returns {Person} */
function fromAddress(address) {
  const { name = "", email = address } = ADDRESS.exec(address)?.groups ?? {};
  return named(name, email);
}

/**
 * A person; without a name, the first part of the address is the name.
 * @param {string} name
 * @param {string} email
 * @returns {Person}
 */
function named(name, email) {
  const trimmed = name.trim();
  return { name: trimmed && !trimmed.includes("@") ? trimmed : (email.split("@")[0] ?? ""), email };
}

/** Split at commas, except commas in quotes. @param {string} list */
function split(list) {
  return (list.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((part) => part.trim());
}

/** @param {Person[]} people */
function unique(people) {
  /** @type {Map<string, Person>} */
  const found = new Map();
  for (const person of people) {
    const key = person.email.toLowerCase();
    if (key.includes("@") && !found.has(key)) found.set(key, person);
  }
  return [...found.values()];
}
