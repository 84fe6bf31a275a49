// Buttons that copy an address; they stay hidden if scripts do not run.

import { say } from "./toast.js";

const PLAIN = "text/plain";

/** @param {ParentNode} root */
export function enableCopying(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.dataset.copy ?? "";
      say((await copy(text)) ? "Copied." : `Copy it by hand: ${text}`);
      button.closest("details")?.removeAttribute("open");
    });
  }
  for (const field of root.querySelectorAll("[data-select]")) {
    if (field instanceof HTMLInputElement) field.addEventListener("focus", () => field.select());
  }
}

/**
 * Copy `text`, or the text of a promise: Safari allows writing only if it starts within the click.
 * @param {string | Promise<string>} text
 * @returns {Promise<boolean>} whether the clipboard took it
 */
export async function copy(text) {
  try {
    if (typeof text === "string") await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([new ClipboardItem({ [PLAIN]: text.then(blob) })]);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} text */
function blob(text) {
  return new Blob([text], { type: PLAIN });
}
