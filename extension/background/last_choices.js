// The last choices made in a compose window, and the defaults set in the options.

import { keepText, readTexts, setDefaultText } from "./link_texts.js";
import { keepLanguage, readLanguages } from "./recipient_languages.js";
import { readSnippets } from "./snippets.js";
import { readLocal, writeLocal } from "./storage.js";

/** @import {Choices, Remembered} from "../messages.js" */

const LONGEST_TEXT = 500;
const TEXTS = /** @type {const} */ (["page", "event_type", "expiry", "timezone", "style", "snippet"]);
const SWITCHES = /** @type {const} */ (["one_time", "personalise", "show_form"]);

/**
 * The last choices, and what else is offered again. The default page of the options, if one is set, replaces the last
 * page.
 * @returns {Promise<Remembered>}
 */
export async function getChoices() {
  const { text, texts } = await readTexts(); // first: it divides the choices of an older version
  const choices = (await readLocal("choices")) ?? {};
  const page = (await readLocal("defaultPage")) || choices.page;
  return {
    choices: page ? { ...choices, page } : choices,
    text,
    texts: Object.fromEntries(texts),
    languages: Object.fromEntries(await readLanguages()),
    snippets: await readSnippets(),
  };
}

/**
 * Replace the choices that are named; the others stay. `text` was used for the chosen page, `language` was chosen for
 * recipients with these addresses.
 * @param {{choices: Choices, text?: string, language?: {tag: string, to: string[]}}} message
 */
export async function setChoices({ choices, text, language }) {
  const known = checked(choices);
  if (isShort(text) && known["page"]) await keepText(String(known["page"]), text);
  if (isShort(language?.tag)) await keepLanguage(language.tag, language.to);
  await writeLocal({ choices: { ...(await readLocal("choices")), ...known } });
  return {};
}

/**
 * The defaults that the options show: `page` is empty if the last page is offered first, `text` if a link carries
 * its page's title.
 */
export async function getDefaults() {
  const { text } = await readTexts();
  return { page: (await readLocal("defaultPage")) ?? "", text, snippets: await readSnippets() };
}

/** @param {{page: string, text: string}} message */
export async function setDefaults({ page, text }) {
  await writeLocal({ defaultPage: String(page) });
  await setDefaultText(String(text).trim().slice(0, LONGEST_TEXT));
  return {};
}

/** Only known names with short values: a compromised Gmail page could fill the disk otherwise. */
function checked(/** @type {Record<string, unknown>} */ given) {
  return Object.fromEntries([
    ...TEXTS.map((name) => [name, given[name]]).filter(([, value]) => isShort(value)),
    ...SWITCHES.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "boolean"),
  ]);
}

/** @param {unknown} value @returns {value is string} */
function isShort(value) {
  return typeof value === "string" && value.length <= LONGEST_TEXT;
}
