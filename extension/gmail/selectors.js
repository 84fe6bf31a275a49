// All selectors for Gmail's markup. Each finds something in a file of tests/support/extension/composes. Attributes and
// roles come before class names, because Gmail renames classes. No selector uses text, because Gmail translates it.

/** What other dialogs with a form and a textbox (chats, the vacation reply) do not have. */
const MARKS = 'input[name="composeid"], input[name="subjectbox"], [g_editable="true"]';

export const SELECTORS = /** @satisfies {Record<string, readonly string[]>} */ ({
  /** The body: the element in which the message is written. */
  body: [
    '[g_editable="true"][role="textbox"]',
    'div[contenteditable="true"][role="textbox"]',
    'div[contenteditable="plaintext-only"][role="textbox"]',
  ],
  /** All bodies, and more: browsers find elements by the value of one attribute three times as fast as by others. */
  textbox: ['[role="textbox"]'],
  /** An ancestor of the body that holds the whole compose. */
  root: [".M9", `[role="dialog"]:has(form):has(${MARKS})`, ".I5", ".aaZ"],
  /** The body has it; other textboxes of a compose ("Help me write") do not. */
  editable: ['[g_editable="true"]'],
  /** Only a compose contains this. If no root is found, the root is the body's nearest ancestor that contains it. */
  composeId: ['input[name="composeid"]'],
  /** Nothing around these is the root of a compose in them. */
  limit: ['[role="dialog"], [role="main"]'],
  /** Cells of the Send button; our button comes after the last one. */
  sendCell: ["td.gU.Up"],
  /** The formatting button's cell; our button comes before it. */
  formatCell: [".oc"],
  /** The toolbar; our button is its last child. */
  toolbar: [".aDg .aDj > .aDh", ".aoP .aDh > table"],
  /** If the toolbar is a table: the cell of a button, and the row of the cells. */
  cell: ["td"],
  row: ["tr"],
  /** Buttons that the Tab key reaches: the first one after the body is Send. */
  button: ['[role="button"][tabindex="1"]'],
  /** The lists of recipients; in the older compose window, each is a hidden field. */
  to: ['[name="to"]'],
  copied: ['[name="cc"], [name="bcc"]'],
  /** A recipient in a list. */
  chip: ["[data-hovercard-id]"],
  /** A recipient in no list: those of To, Cc and Bcc are together in one row while the lists are folded. */
  folded: ["span[email][data-hovercard-id]"],
});

/** One selector that matches any of the selectors. @param {readonly string[]} selectors */
export const any = (selectors) => selectors.join(", ");
