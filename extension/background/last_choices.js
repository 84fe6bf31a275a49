// What was chosen last in a compose window, and what the options say is to be offered first.

import { keep, kept } from "./kept.js";

/** @import {Choices} from "../messages.js" */

const LONGEST_TEXT = 500;
const WORDS = /** @type {const} */ (["page", "event_type", "text", "expiry", "timezone"]);
const SWITCHES = /** @type {const} */ (["one_time", "personalise", "show_form"]);

/** The choices to begin with: the last ones, with the options' page in place of the last one. */
export async function getChoices() {
  const choices = (await kept("choices")) ?? {};
  const page = (await kept("defaultPage")) || choices.page;
  return { choices: page ? { ...choices, page } : choices };
}

/** Replace what is named, and keep the rest. @param {{choices: Choices}} message */
export async function setChoices({ choices }) {
  await keep({ choices: { ...(await kept("choices")), ...plain(choices) } });
  return {};
}

/** What the options show: `page` is empty where the last one is offered first, `text` where it is the page's title. */
export async function getDefaults() {
  return { page: (await kept("defaultPage")) ?? "", text: (await kept("choices"))?.text ?? "" };
}

/** @param {{page: string, text: string}} message */
export async function setDefaults({ page, text }) {
  await keep({ defaultPage: String(page) });
  return setChoices({ choices: { text: String(text).trim() } });
}

/** What is known, and not long: a page that took Gmail over could fill the disk otherwise. */
function plain(/** @type {Record<string, unknown>} */ given) {
  return Object.fromEntries([
    ...WORDS.map((name) => [name, given[name]]).filter(([, value]) => isShort(value)),
    ...SWITCHES.map((name) => [name, given[name]]).filter(([, value]) => typeof value === "boolean"),
  ]);
}

function isShort(/** @type {unknown} */ value) {
  return typeof value === "string" && value.length <= LONGEST_TEXT;
}
