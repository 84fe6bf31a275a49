// What was chosen last in a compose window, and what the options say is to be offered first.

import { keep, kept } from "./kept.js";

/** @import {Choices} from "../messages.js" */

const LONGEST_TEXT = 500;

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

/** Words, numbers and switches, none of them long: a page that took Gmail over could fill the disk otherwise. */
function plain(/** @type {object} */ given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => isPlain(value)));
}

function isPlain(/** @type {unknown} */ value) {
  if (typeof value === "string") return value.length <= LONGEST_TEXT;
  return value === null || typeof value === "boolean" || typeof value === "number";
}
