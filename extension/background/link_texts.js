// The text of links: what was last used for each page, and the default of the options for the others.

import { withValue } from "./recent_values.js";
import { readLocal, writeLocal } from "./storage.js";

/** @import {RecentValues} from "./recent_values.js" */

/** @returns {Promise<{text: string, texts: RecentValues}>} `text` is the default, `texts` are by page */
export async function readTexts() {
  await divideSingleText();
  return { text: (await readLocal("defaultText")) ?? "", texts: (await readLocal("linkTexts")) ?? [] };
}

/** Keep the text that was used for a page. The default is not kept, so that the page follows its changes. */
export async function keepText(/** @type {string} */ page, /** @type {string} */ used) {
  const { text, texts } = await readTexts();
  await writeLocal({ linkTexts: withValue(texts, page, used === text ? null : used) });
}

/** @param {string} text */
export async function setDefaultText(text) {
  await divideSingleText();
  await writeLocal({ defaultText: text });
}

/**
 * Earlier versions stored one text for all pages, among the choices. It becomes the text of the page that it was last
 * used for, or the default if it was set in the options only.
 */
async function divideSingleText() {
  const stored = await readLocal("choices");
  if (!stored || !("text" in stored)) return;
  const { text, ...choices } = stored;
  const single = String(text);
  const { page } = choices;
  await writeLocal({ choices, ...(page ? { linkTexts: [[page, single]] } : { defaultText: single }) });
}
