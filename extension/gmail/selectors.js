// Everything that is known of Gmail's markup, and the only place that knows it. `on` names the pages of
// tests/extension/composes that a selector is checked on. Attributes and roles come before class names, which Gmail
// renames at times; nothing is found by words, which Gmail translates.

/** @typedef {{readonly find: string, readonly on: readonly string[]}} Selector */

const CLASSED = ["popup", "reply", "fullscreen", "popped_out"];
const ALL = [...CLASSED, "plain", "unclassed"];

export const SELECTORS = /** @satisfies {Record<string, readonly Selector[]>} */ ({
  /** What is written in. */
  body: [
    { find: '[g_editable="true"][role="textbox"]', on: ["popup", "reply", "fullscreen", "popped_out", "unclassed"] },
    { find: '.Ap [g_editable="true"]', on: CLASSED },
    { find: 'div[contenteditable="true"][role="textbox"]', on: [...CLASSED, "unclassed"] },
    { find: 'div[contenteditable="plaintext-only"][role="textbox"]', on: ["plain"] },
  ],
  /** An ancestor of the body that holds the whole compose. */
  root: [
    { find: ".M9", on: [...CLASSED, "plain"] },
    { find: '[role="dialog"]:has(form)', on: ["popup", "plain"] },
    { find: ".I5", on: ["popup"] },
    { find: ".aaZ", on: ["reply"] },
  ],
  /** What only a compose holds: where no root is found, the nearest ancestor of the body with it is one. */
  composeId: [{ find: 'input[name="composeid"]', on: ALL }],
  /** Cells of the Send button; ours comes after the last one. */
  sendCell: [{ find: "td.gU.Up", on: CLASSED }],
  /** The formatting button's cell; ours comes before it. */
  formatCell: [{ find: ".oc", on: ["popup"] }],
  /** The toolbar; ours is its last part. */
  toolbar: [
    { find: ".aDg .aDj > .aDh", on: ["popup"] },
    { find: ".aoP .aDh > table", on: ["popup"] },
  ],
  /** What a button stands in, where the toolbar is a table; and where such a toolbar has its cells. */
  cell: [{ find: "td", on: [...CLASSED, "plain"] }],
  row: [{ find: "tr", on: [...CLASSED, "plain"] }],
  /** Buttons in the order of the Tab key: the first one after the body is Send. */
  button: [{ find: '[role="button"][tabindex="1"]', on: ALL }],
  /** To: whoever the message goes to. The first selector that finds somebody counts. */
  recipient: [
    { find: '[name="to"] [role="option"][data-hovercard-id]', on: ["popup", "plain", "unclassed"] },
    { find: 'div[name="to"] div[data-hovercard-id]', on: ["popup"] },
    { find: "span[email][data-hovercard-id]", on: ["reply"] },
  ],
  /** Copies: not whom a link is for. */
  copied: [{ find: '[name="cc"], [name="bcc"]', on: ["popup"] }],
  /** The old form of To. */
  recipientField: [{ find: 'input[type="hidden"][name="to"]', on: ["popped_out"] }],
});

/** Any of them, as one selector. @param {readonly Selector[]} selectors */
export function any(selectors) {
  return selectors.map(({ find }) => find).join(", ");
}
