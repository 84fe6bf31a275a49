// Inserting content into a message as one step, which Gmail's undo reverts.

import { isPlain } from "./body.js";
import { caretOf, select } from "./focus.js";
import { lineAround, wantsSpaceAfter, wantsSpaceBefore } from "./line.js";
import { leaveLink, outsideLinks } from "./links.js";
import { marked } from "./undress.js";

/** @import {Line} from "./line.js" */

/**
 * @typedef {{html: string, text: string, isList: boolean}} Content `html` for a formatted message, `text` for a plain
 *   one; `isList`: the content is several lines, and has no other text in its lines
 */

const SPACE = "&nbsp;";

/**
 * Insert at the last caret of the body, or at its start if it never had one. Only the browser's editing command is
 * used: undo would not revert anything else, and the clipboard remains as a fallback.
 * @param {HTMLElement} body
 * @param {Content} content
 * @returns {boolean} whether the content was inserted
 */
export function insert(body, content) {
  const before = body.innerHTML;
  const caret = outsideLinks(body, caretOf(body));
  select(body, caret);
  const line = lineAround(body, caret);
  if (isPlain(body)) return document.execCommand("insertText", false, inPlain(content, line)) && isChanged();
  const { html, undress } = marked(body, content.html);
  const isWritten = document.execCommand("insertHTML", false, inHtml({ ...content, html }, line));
  undress();
  leaveLink(body);
  return isWritten && isChanged();

  function isChanged() {
    return body.innerHTML !== before;
  }
}

/** @param {Content} content @param {Line} line */
function inPlain({ text, isList }, { before, after }) {
  if (isList) return (before.trim() ? "\n" : "") + text + (after.trim() ? "\n" : " ");
  return (wantsSpaceAfter(before) ? " " : "") + text + (wantsSpaceBefore(after) ? " " : "");
}

/**
 * At the end of a line the last space keeps text that is typed next out of the link; a plain space would collapse.
 * @param {Content} content
 * @param {Line} line
 */
function inHtml({ html, isList }, { before, after }) {
  const isEnd = !after.trim();
  // Nobody sees plain spaces at the end of a line, and the browser removes them.
  const seen = isEnd ? before.replace(/[ \t\n]+$/, "") : before;
  if (!isList) return (wantsSpaceAfter(seen) ? SPACE : "") + html + (wantsSpaceBefore(after) ? SPACE : "");
  // A table begins and ends lines by itself. At the end of a line Chromium makes a lone break an empty line.
  const lead = !before.trim() || /^<table/.test(html) ? "" : isEnd ? `${SPACE}<br>` : "<br>";
  return lead + html + (isEnd ? SPACE : /<\/table>$/.test(html) ? "" : "<br>");
}
