// The recipients of the message, read from its To field.

import { bodyAround } from "./compose.js";
import { SELECTORS, any } from "./selectors.js";

/** @typedef {import("../messages.js").Person} Person */

const CHIP = any(SELECTORS.chip);
const LISTED = `${any(SELECTORS.to)}, ${any(SELECTORS.copied)}`;
const ADDRESS = /^(?:"?(?<name>[^"<]*?)"?\s*)<(?<email>[^<>]+)>$/;
const MOST_NAME = 200; // characters, in the API
const MOST_EMAIL = 254;

/**
 * The recipients in To, without duplicates. If only a folded row shows recipients and nothing tells who of them is in
 * To, all are returned: with more than one, the person has to choose.
 * @param {HTMLElement} root
 * @returns {Person[]}
 */
export function recipientsOf(root) {
  const to = peopleIn(root, any(SELECTORS.to));
  if (to.length) return to;
  const copied = new Set(peopleIn(root, any(SELECTORS.copied)).map(key));
  const chips = outsideBodies(root, any(SELECTORS.folded)).filter((chip) => !chip.closest(LISTED));
  return unique(chips.map(fromChip)).filter((person) => !copied.has(key(person)));
}

/** @param {HTMLElement} root @param {string} lists */
function peopleIn(root, lists) {
  const found = outsideBodies(root, lists);
  const people = unique(found.flatMap((list) => [...list.querySelectorAll(CHIP)]).map(fromChip));
  if (people.length) return people;
  // Gmail writes the hidden fields when it saves the draft, so what a list shows is newer.
  const fields = found.filter((list) => list.matches('[type="hidden"]'));
  return unique(fields.flatMap((field) => split(field.getAttribute("value") ?? "").map(fromAddress)));
}

/**
 * A message may hold what looks like a recipient: somebody pasted it.
 * @param {HTMLElement} root
 * @param {string} find
 */
function outsideBodies(root, find) {
  return [...root.querySelectorAll(find)].filter((element) => !bodyAround(element));
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
 * @param {string} text
 * @param {string} address
 * @returns {Person}
 */
function named(text, address) {
  const email = address.trim();
  const name = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return { name: cut(name && !name.includes("@") ? name : (email.split("@")[0] ?? "")), email };
}

/** The API counts characters as code points, not as UTF-16 units. @param {string} name */
function cut(name) {
  return [...name].slice(0, MOST_NAME).join("").trim();
}

/** Split at commas, except commas in quotes. @param {string} list */
function split(list) {
  return (list.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((part) => part.trim());
}

/** @param {Person[]} people */
function unique(people) {
  /** @type {Map<string, Person>} */
  const found = new Map();
  for (const person of people) if (isAddress(person.email) && !found.has(key(person))) found.set(key(person), person);
  return [...found.values()];
}

/** @param {string} email */
function isAddress(email) {
  return /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= MOST_EMAIL;
}

/** @param {Person} person */
function key({ email }) {
  return email.toLowerCase();
}
