// The snippets: texts that a person wrote in the options, to stand before a link.

import { readLocal, writeLocal } from "./storage.js";

/** @import {Snippet} from "../messages.js" */

const MOST = 20;
const LONGEST = 500; // of the API

export async function readSnippets() {
  return (await readLocal("snippets")) ?? [];
}

/** Replace all snippets; empty ones are left out. @param {{snippets: Snippet[]}} message */
export async function setSnippets({ snippets }) {
  const kept = snippets.map(({ id, text }) => ({ id: String(id), text: String(text).trim().slice(0, LONGEST) }));
  await writeLocal({ snippets: kept.filter(({ text }) => text).slice(0, MOST) });
  return {};
}
