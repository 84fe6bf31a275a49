// Buttons that copy an address; they stay hidden if scripts do not run.

import { readTexts } from "../visit/texts.js";
import { say } from "./toast.js";

const PLAIN = "text/plain";

/** @param {ParentNode} root */
export function enableCopying(root) {
  const text = readTexts();
  for (const button of root.querySelectorAll("[data-copy]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const address = button.dataset.copy ?? "";
      say((await copy(address)) ? text("copied") : text("by-hand", { address }));
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
