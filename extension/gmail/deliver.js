// Delivering created links: into the compose whose button was pressed; if that fails, onto the clipboard. Links of a
// compose that was closed are revoked.

import { translate } from "../texts/gmail/translate.js";
import { bodyOf } from "./body.js";
import { copy } from "./clipboard.js";
import { currentRoot } from "./current_root.js";
import { insert } from "./insert.js";
import { revokeLinks } from "./link_create.js";
import { showNotice } from "./panel/notice.js";

/** @import {Content} from "./insert.js" */
/** @import {CreatedLink} from "./link_create.js" */

/**
 * @param {HTMLElement} root of the compose
 * @param {Content} content
 * @param {CreatedLink[]} links the links in the content
 */
export async function deliver(root, content, links) {
  const current = currentRoot(root);
  const body = current && bodyOf(current);
  if (!body) {
    await revokeLinks(links);
    showNotice(null, translate("composeClosed"));
  } else if (!isInserted(body, content)) {
    await copyAndTell(current, content);
  }
}

/** Copy the content, and say so in a notice. @param {HTMLElement} root @param {Content} content */
async function copyAndTell(root, content) {
  const isCopied = await copy(content);
  showNotice(root, translate(isCopied ? "copied" : "notCopied"), content.text);
}

/** @param {HTMLElement} body @param {Content} content */
function isInserted(body, content) {
  try {
    return insert(body, content);
  } catch {
    return false; // Gmail changed what editing means here; the clipboard remains
  }
}
