// The language in which something is inserted: the recipients', as far as it can be told.

/** @import {Person} from "../messages.js" */

/** The languages of the server's texts for customers; a test compares them. */
export const LANGUAGES = ["ar", "de", "en", "es", "fr", "ja", "pt-BR"];

/** Countries by top-level domain, if nearly everybody there reads the same one of these languages. */
const COUNTRIES = countries({
  de: "de at li",
  en: "uk us au nz ie",
  es: "es mx ar cl pe uy py ec bo ve cr gt hn ni sv pa do cu",
  fr: "fr mc",
  ja: "jp",
  "pt-BR": "br pt",
  ar: "eg sa jo kw om qa ye",
});

/**
 * The language of all recipients; empty if it cannot be told or differs: then the page's language is used.
 * @param {Person[]} recipients
 * @param {Record<string, string>} remembered by mail domain
 */
export function languageOf(recipients, remembered) {
  const found = new Set(domainsOf(recipients).map((domain) => remembered[domain] ?? COUNTRIES.get(topLevel(domain))));
  const [language] = found.size === 1 ? found : [];
  return language && LANGUAGES.includes(language) ? language : "";
}

/**
 * The language tag to write in: with the recipients' country if it is known, which has its own dates and clock.
 * @param {string} language one of LANGUAGES, or empty
 * @param {Person[]} recipients
 */
export function localeFor(language, recipients) {
  const [country, other] = new Set(domainsOf(recipients).map(topLevel));
  if (!country || other || COUNTRIES.get(country) !== language) return language;
  return `${language.split("-")[0]}-${country === "uk" ? "GB" : country.toUpperCase()}`;
}

/** @param {Person[]} recipients */
function domainsOf(recipients) {
  return recipients.map(({ email }) => email.slice(email.lastIndexOf("@") + 1).toLowerCase());
}

/** @param {string} domain */
function topLevel(domain) {
  return domain.slice(domain.lastIndexOf(".") + 1);
}

/** @param {Record<string, string>} byLanguage */
function countries(byLanguage) {
  return new Map(
    Object.entries(byLanguage).flatMap(([language, list]) =>
      list.split(" ").map((country) => /** @type {[string, string]} */ ([country, language])),
    ),
  );
}
