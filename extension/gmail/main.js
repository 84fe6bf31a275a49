// The content script: a button in every compose, and the keyboard command.

import { maintainButtons } from "./compose_buttons.js";
import { followCaret } from "./caret.js";
import { onKeyboardCommand } from "./keyboard_command.js";
import { watchComposes } from "./watch_composes.js";

/** Start. Aborting `signal` stops the script and removes its elements. @param {AbortSignal} [signal] */
export function start(signal = new AbortController().signal) {
  followCaret(signal);
  const buttons = maintainButtons(signal);
  onKeyboardCommand(buttons, signal);
  watchComposes(buttons.update, signal);
}
