// What starts with the first compose of a page: the buttons, and what has to be known when one is pressed.

import { followCaret } from "./caret.js";
import { onKeyboardCommand } from "./keyboard_command.js";

export { update } from "./compose_buttons.js";

followCaret();
onKeyboardCommand();
