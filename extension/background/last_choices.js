// The last choices made in a compose window, and the defaults set in the options.

import { readLocal, writeLocal } from "./storage.js";

/** @import {Choices} from "../messages.js" */

const LONGEST_TEXT = 500;
const TEXTS = /** @type {const} */ (["page", "event_type", "text", "expiry", "timezone"]);
const SWITCHES = /** @type {const} */ (["one_time", "personalise", "show_form"]);

/** The last choices; the default page of the options, if one is set, replaces the last page. */
export async function getChoices() {
  const choices = (await readLocal("choices")) ?? {};
  const page = (await readLocal("defaultPage")) || choices.page;
  return { choices: page ? { ...choices, page } : choices };
}

/** Replace the choices that are named; the others stay. @param {{choices: Choices}} message */
export async function setChoices({ choices }) {
  await writeLocal({ choices: { ...(await readLocal("choices")), ...checked(choices) } });
  return {};
}

/**
 * The defaults that the options show: `page` is empty if the last page is offered first, `text` if a link carries
 * its page's title.
 */
export async function getDefaults() {
  return { page: (await readLocal("defaultPage")) ?? "", text: (await readLocal("choices"))?.text ?? "" };
}

/** @param {{page: string, text: string}} message */
export async function setDefaults({ page, text }) {
  await writeLocal({ defaultPage: String(page) });
  return setChoices({ choices: { text: String(text).trim() } });
}

/** Only known names with short values: a compromised Gmail page could fill the disk otherwise. */
function checked(/** @type {Record<string, unknown>} */ given) {
  return Object.fromEntries([
    ...TEXTS.map((name) => [name, given[name]]).filter(([, value]) => isShort(value)),
    ...SWITCHES.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "boolean"),
  ]);
}

function isShort(/** @type {unknown} */ value) {
  return typeof value === "string" && value.length <= LONGEST_TEXT;
}
