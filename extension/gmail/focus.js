// Giving the focus back to where it was before a panel took it: a message gets its caret too.

import { bodyAround } from "./compose.js";
import { putCaret } from "./insert.js";

/** Remembers who has the focus now. @param {HTMLElement} opener @returns {() => void} gives it back */
export function giveFocusBack(opener) {
  const body = bodyAround(document.activeElement);
  return () => {
    if (body?.isConnected) putCaret(body);
    else opener.focus();
  };
}
