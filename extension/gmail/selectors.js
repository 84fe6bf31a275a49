// All selectors for Gmail's markup. `on` names the files in tests/support/extension/composes that a selector is tested
// on. Attributes and roles come before class names, because Gmail renames classes. No selector uses text, because Gmail
// translates it.

/** @typedef {{readonly find: string, readonly on: readonly string[]}} Selector */

const CLASSED = ["popup", "reply", "fullscreen", "popped_out"];
const ALL = [...CLASSED, "plain", "unclassed"];

/** What other dialogs with a form and a textbox (chats, the vacation reply) do not have. */
const MARKS = 'input[name="composeid"], input[name="subjectbox"], [g_editable="true"]';

export const SELECTORS = /** @satisfies {Record<string, readonly Selector[]>} */ ({
  /** The body: the element in which the message is written. */
  body: [
    { find: '[g_editable="true"][role="textbox"]', on: ["popup", "reply", "fullscreen", "popped_out", "unclassed"] },
    { find: '.Ap [g_editable="true"]', on: CLASSED },
    { find: 'div[contenteditable="true"][role="textbox"]', on: [...CLASSED, "unclassed"] },
    { find: 'div[contenteditable="plaintext-only"][role="textbox"]', on: ["plain"] },
  ],
  /** All bodies, and more: browsers find elements by one attribute much faster than by several selectors. */
  textbox: [{ find: "[contenteditable]", on: [...ALL, "no_compose", "unknown"] }],
  /** An ancestor of the body that holds the whole compose. */
  root: [
    { find: ".M9", on: [...CLASSED, "plain"] },
    { find: `[role="dialog"]:has(form):has(${MARKS})`, on: ["popup", "plain", "renamed"] },
    { find: ".I5", on: ["popup"] },
    { find: ".aaZ", on: ["reply"] },
  ],
  /** The body has it; other textboxes of a compose ("Help me write") do not. */
  editable: [{ find: '[g_editable="true"]', on: [...CLASSED, "unclassed", "textbox_before"] }],
  /** Only a compose contains this. If no root is found, the root is the body's nearest ancestor that contains it. */
  composeId: [{ find: 'input[name="composeid"]', on: ALL }],
  /** Nothing around these is the root of a compose in them. */
  limit: [{ find: '[role="dialog"], [role="main"]', on: ["popup", "plain", "no_compose"] }],
  /** Cells of the Send button; our button comes after the last one. */
  sendCell: [{ find: "td.gU.Up", on: CLASSED }],
  /** The formatting button's cell; our button comes before it. */
  formatCell: [{ find: ".oc", on: ["popup"] }],
  /** The toolbar; our button is its last child. */
  toolbar: [
    { find: ".aDg .aDj > .aDh", on: ["popup"] },
    { find: ".aoP .aDh > table", on: ["popup"] },
  ],
  /** If the toolbar is a table: the cell of a button, and the row of the cells. */
  cell: [{ find: "td", on: [...CLASSED, "plain"] }],
  row: [{ find: "tr", on: [...CLASSED, "plain"] }],
  /** Buttons that the Tab key reaches: the first one after the body is Send. */
  button: [{ find: '[role="button"][tabindex="1"]', on: ALL }],
  /** The lists of recipients; in the older compose window, each is a hidden field. */
  to: [{ find: '[name="to"]', on: ["popup", "popped_out"] }],
  copied: [{ find: '[name="cc"], [name="bcc"]', on: ["popup", "collapsed_fields"] }],
  /** A recipient in a list. */
  chip: [{ find: "[data-hovercard-id]", on: ["popup", "plain", "unclassed", "reply"] }],
  /** A recipient in no list: those of To, Cc and Bcc are together in one row while the lists are folded. */
  folded: [{ find: "span[email][data-hovercard-id]", on: ["collapsed", "collapsed_fields", "collapsed_one"] }],
});

/** One selector that matches any of the selectors. @param {readonly Selector[]} selectors */
export function any(selectors) {
  return selectors.map(({ find }) => find).join(", ");
}
