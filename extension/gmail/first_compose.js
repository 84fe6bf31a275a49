// What starts with the first compose of a page: the buttons, and what has to be known when one is pressed.

import { followCaret } from "./caret.js";
import { maintainButtons } from "./compose_buttons.js";
import { onKeyboardCommand } from "./keyboard_command.js";

/** @param {AbortSignal} signal stops all of it, and removes the buttons */
export function startButtons(signal) {
  followCaret(signal);
  const buttons = maintainButtons(signal);
  onKeyboardCommand(buttons, signal);
  return buttons;
}
