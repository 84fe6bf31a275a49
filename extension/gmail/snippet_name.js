// The recipient's name in a snippet. The server learns names of personalised links only, so the name in front of any
// other link is put in here.

/** @import {Content} from "./insert.js" */

const NAME = "{name}";
/** Goes to the server in place of the name, and comes back: a private character of Unicode, which nobody types. */
const MARK = "\uE000";

/** The snippet as it is sent; without a name the server leaves it out. @param {string} snippet @param {string} name */
export function withMark(snippet, name) {
  return name ? snippet.replaceAll(NAME, MARK) : snippet;
}

/** The content with the name. @template {{html: string, text: string}} C @param {C} content @param {string} name */
export function withName(content, name) {
  const html = content.html.replaceAll(MARK, () => escape(name));
  return { ...content, html, text: content.text.replaceAll(MARK, () => name) };
}

/** @param {string} text */
export function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
