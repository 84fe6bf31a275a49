// The extension in Gmail: a button in every compose, and what follows from pressing it.

import { keepButtons } from "./buttons.js";
import { followCaret } from "./caret.js";
import { obeyCommand } from "./command.js";
import { watchComposes } from "./watch.js";

/** Begin. `signal` ends it and takes away what it put there. @param {AbortSignal} [signal] */
export function start(signal = new AbortController().signal) {
  followCaret(signal);
  const buttons = keepButtons(signal);
  obeyCommand(buttons, signal);
  watchComposes(buttons.fit, signal);
}
