// All selectors for Gmail's markup. The comment after a selector names the files in tests/support/extension/composes
// that it is tested on. Attributes and roles come before class names, because Gmail renames classes. No selector uses
// text, because Gmail translates it.

/** What other dialogs with a form and a textbox (chats, the vacation reply) do not have. */
const MARKS = 'input[name="composeid"], input[name="subjectbox"], [g_editable="true"]';

export const SELECTORS = /** @satisfies {Record<string, readonly string[]>} */ ({
  /** The body: the element in which the message is written. */
  body: [
    '[g_editable="true"][role="textbox"]', // on: popup, reply, fullscreen, popped_out, unclassed
    '.Ap [g_editable="true"]', // on: popup, reply, fullscreen, popped_out
    'div[contenteditable="true"][role="textbox"]', // on: popup, reply, fullscreen, popped_out, unclassed
    'div[contenteditable="plaintext-only"][role="textbox"]', // on: plain
  ],
  /** An ancestor of the body that holds the whole compose. */
  root: [
    ".M9", // on: popup, reply, fullscreen, popped_out, plain
    `[role="dialog"]:has(form):has(${MARKS})`, // on: popup, plain, renamed
    ".I5", // on: popup
    ".aaZ", // on: reply
  ],
  /** The body has it; other textboxes of a compose ("Help me write") do not. */
  editable: ['[g_editable="true"]'], // on: popup, reply, fullscreen, popped_out, unclassed, textbox_before
  /** Only a compose contains this. If no root is found, the root is the body's nearest ancestor that contains it. */
  composeId: ['input[name="composeid"]'], // on: popup, reply, fullscreen, popped_out, plain, unclassed
  /** Nothing around these is the root of a compose in them. */
  limit: ['[role="dialog"], [role="main"]'], // on: popup, plain, no_compose
  /** Cells of the Send button; our button comes after the last one. */
  sendCell: ["td.gU.Up"], // on: popup, reply, fullscreen, popped_out
  /** The formatting button's cell; our button comes before it. */
  formatCell: [".oc"], // on: popup
  /** The toolbar; our button is its last child. */
  toolbar: [
    ".aDg .aDj > .aDh", // on: popup
    ".aoP .aDh > table", // on: popup
  ],
  /** If the toolbar is a table: the cell of a button, and the row of the cells. */
  cell: ["td"], // on: popup, reply, fullscreen, popped_out, plain
  row: ["tr"], // on: popup, reply, fullscreen, popped_out, plain
  /** Buttons that the Tab key reaches: the first one after the body is Send. */
  button: ['[role="button"][tabindex="1"]'], // on: popup, reply, fullscreen, popped_out, plain, unclassed
  /** The lists of recipients; in the older compose window, each is a hidden field. */
  to: ['[name="to"]'], // on: popup, popped_out
  copied: ['[name="cc"], [name="bcc"]'], // on: popup, collapsed_fields
  /** A recipient in a list. */
  chip: ["[data-hovercard-id]"], // on: popup, plain, unclassed, reply
  /** A recipient in no list: those of To, Cc and Bcc are together in one row while the lists are folded. */
  folded: ["span[email][data-hovercard-id]"], // on: collapsed, collapsed_fields, collapsed_one
});

/** One selector that matches any of the selectors. @param {readonly string[]} selectors */
export function any(selectors) {
  return selectors.join();
}
