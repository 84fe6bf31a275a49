// The text around the caret in its line, which decides about the spaces around what is inserted.

import { isPlain } from "./body.js";

const LINE = "div, p, li, td, th, blockquote, pre, table, h1, h2, h3, h4, h5, h6";
const INVISIBLE = /[\u200b\ufeff]/g;
// These scripts have no spaces between words.
const SPACELESS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef";
const WANTS_NO_SPACE_AFTER = new RegExp(`(?:^|[\\s\\p{Ps}\\p{Pi}\\p{Pd}/])["']?$|[${SPACELESS}]$`, "u");
const WANTS_NO_SPACE_BEFORE = new RegExp(`^[\\s\\p{Pe}\\p{Pf}.,:;!?…"'${SPACELESS}]`, "u");

/** @typedef {{before: string, after: string}} Line the text before and after a caret or selection, in its line */

/** @param {HTMLElement} body @param {Range} range @returns {Line} */
export function lineAround(body, range) {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const [first, last] = [blockAround(startContainer, body), blockAround(endContainer, body)];
  const nodes = document.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const line = { before: "", after: "" };
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const text = node instanceof Text ? node.data : "";
    const isBreak = node.nodeName === "BR";
    const place = range.comparePoint(node, 0);
    if (node === startContainer || place < 0) {
      if (isBreak || (text && blockAround(node, body) !== first)) line.before = "";
      else line.before += node === startContainer ? text.slice(0, startOffset) : text;
    }
    if (node === endContainer) line.after = text.slice(endOffset);
    else if (place > 0) {
      if (isBreak || (text && blockAround(node, body) !== last)) break;
      line.after += text;
    }
  }
  if (!isPlain(body)) return line;
  return { before: line.before.split("\n").at(-1) ?? "", after: line.after.split("\n")[0] ?? "" };
}

/** Whether a person would type a space between this text and a link behind it. @param {string} before */
export function wantsSpaceAfter(before) {
  return !WANTS_NO_SPACE_AFTER.test(before.replace(INVISIBLE, ""));
}

/** Whether a person would type a space between a link and this text behind it. @param {string} after */
export function wantsSpaceBefore(after) {
  return !WANTS_NO_SPACE_BEFORE.test(after.replace(INVISIBLE, ""));
}

/** @param {Node} node @param {HTMLElement} body */
function blockAround(node, body) {
  const block = (node instanceof Element ? node : node.parentElement)?.closest(LINE);
  return block && body.contains(block) ? block : body;
}
