// The panel's style: the customer's ticket in miniature, light or dark like Gmail. Its colours are those of
// shared/tokens.css, which content scripts cannot load synchronously; a test compares them.

export const STYLE = `
  :host { all: initial !important; }
  dialog {
    --card: #ffffff; --ink: #20242a; --muted: #5d6570; --line: #e5dfd1; --field-line: #8a8f97; --accent: #b93a28;
    --accent-soft: #f7e6e1; --on-accent: #ffffff; --focus: #2460d8; --back: rgb(32 36 42 / .18);
    color-scheme: light; position: fixed; inset: auto; margin: 0; padding: 0; box-sizing: border-box;
    width: 320px; max-width: calc(100% - 16px); overflow: hidden; border: 1px solid var(--line); border-radius: 14px;
    background: var(--card); color: var(--ink); font: 14px/20px "Google Sans", Roboto, system-ui, sans-serif;
    box-shadow: 0 4px 12px rgb(32 36 42 / .10), 0 16px 40px rgb(32 36 42 / .16);
  }
  dialog[data-theme="dark"] {
    --card: #1d2024; --ink: #ecebe7; --muted: #a4aab3; --line: #33383f; --field-line: #6d747e; --accent: #f08a78;
    --accent-soft: #3a2420; --on-accent: #20242a; --focus: #8ab4ff; --back: rgb(0 0 0 / .35);
    color-scheme: dark;
  }
  dialog[open] { display: flex; flex-direction: column; }
  dialog::backdrop { background: transparent; }
  .ticket:focus { outline: none; }
  .said { position: absolute; top: 0; margin: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap; }
  dialog { user-select: none; } /* a script could select the text, and so read it in spite of the closed root */
  input { user-select: text; }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] { animation: appear 120ms ease-out; }
    .switch input { transition: background 120ms; }
    @keyframes appear { from { opacity: 0; } }
  }
  [hidden] { display: none !important; }
  header, .tear, .foot { flex: none; }
  .ticket { display: flex; flex-direction: column; min-height: 0; overflow: hidden auto; }
  .content { min-height: 0; overflow: hidden auto; }
  .content:has(> * > *) { min-height: 64px; }
  .low .ticket { display: block; }
  .low .content { overflow: visible; }
  .ticket, .content, ul { scrollbar-width: thin; scrollbar-color: var(--field-line) transparent; }
  header { padding: 16px 16px 12px; position: relative; }
  .eyebrow { margin: 0; color: var(--accent); font-size: 12px; font-weight: 600; letter-spacing: .12em;
    text-transform: uppercase; }
  h2 { margin: 4px 0 0; font-size: 18px; line-height: 24px; font-weight: 600; padding-right: 32px; }
  .account { margin: 0; color: var(--muted); font-size: 12px; line-height: 16px; overflow-wrap: anywhere; }
  .cross { position: absolute; top: 4px; right: 4px; width: 44px; height: 44px; padding: 0; border: 0;
    font-size: 18px; color: var(--muted); }
  .tear { position: relative; height: 0; border-top: 2px dashed var(--line); }
  .tear::before, .tear::after { content: ""; position: absolute; top: -8px; width: 14px; height: 14px;
    border-radius: 50%; background: var(--back); }
  .tear::before { left: -8px; } .tear::after { right: -8px; }
  .part { display: flex; flex-direction: column; gap: 8px; padding: 12px 16px 16px; }
  .field { display: flex; flex-direction: column; gap: 4px; }
  .label { color: var(--muted); font-size: 12px; line-height: 16px; padding: 0; }
  .hint { color: var(--muted); font-size: 12px; line-height: 16px; margin: 0; }
  .hint:empty { display: none; }
  .switch + .hint { margin-top: -12px; pointer-events: none; /* the row below it is the switch's */ }
  input:not([type="checkbox"]), select {
    box-sizing: border-box; width: 100%; min-height: 44px; padding: 6px 10px; font: inherit; color: inherit;
    background: var(--card); border: 1px solid var(--field-line); border-radius: 10px;
  }
  input[aria-invalid="true"] { border: 2px solid var(--accent); padding: 5px 9px; }
  ul { list-style: none; margin: 0; padding: 4px; max-height: 132px; overflow: auto; border: 1px solid var(--line);
    border-radius: 10px; }
  [role="option"] { padding: 12px 8px 12px 5px; border-inline-start: 3px solid var(--card); border-radius: 6px;
    cursor: pointer; overflow-wrap: anywhere; }
  .field:focus-within + ul [data-active] { outline: 2px solid var(--focus); outline-offset: -2px; }
  [role="option"][aria-selected="true"] { background: var(--accent-soft); border-color: var(--accent);
    font-weight: 600; }
  .switch { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 44px;
    margin-block: -4px; cursor: pointer; }
  .switch:has(:disabled) { color: var(--muted); cursor: default; }
  .switch input { appearance: none; flex: none; width: 36px; height: 20px; margin: 0; border-radius: 10px;
    border: 1px solid var(--field-line); background: var(--card); cursor: inherit; }
  .switch input::before { content: ""; display: block; width: 12px; height: 12px; margin: 3px; border-radius: 50%;
    background: var(--field-line); }
  .switch input:checked { background: var(--accent); border-color: var(--accent); }
  .switch input:checked::before { margin-left: 19px; background: var(--on-accent); }
  .switch input:disabled { opacity: .5; }
  .pair { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 8px; align-items: center; }
  .pair .field { display: contents; }
  .pair button { grid-column: 1 / -1; }
  button[aria-expanded] { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .for { display: flex; flex-direction: column; gap: 8px; }
  .problem { border-inline-start: 3px solid var(--accent); border-radius: 10px; margin: 0; padding: 8px 12px;
    background: var(--accent-soft); color: var(--ink);
    display: flex; flex-direction: column; gap: 8px; align-items: flex-start; }
  .problem p { margin: 0; }
  .content:has(> * > *) + .foot { border-top: 1px solid var(--line); }
  .feedback:has(:not(:empty)) { padding: 12px 16px 0; }
  footer { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 16px 16px; }
  footer:empty { padding: 16px 0 0; }
  button { min-width: 44px; min-height: 44px; padding: 6px 12px; font: inherit; font-weight: 500; color: var(--ink);
    cursor: pointer; background: transparent; border: 1px solid var(--field-line); border-radius: 10px; }
  button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent);
    forced-color-adjust: none; /* else a plate covers its ground */ }
  footer button { flex: 1 0 auto; }
  [aria-busy="true"] + .foot footer button, button:disabled { cursor: progress; color: var(--muted);
    border-color: var(--line); background: transparent; }
  [aria-busy="true"] + .foot footer button.primary, button.primary:disabled { background: var(--accent-soft);
    color: var(--ink); }
  :is(button, input, select):focus-visible, ul:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }

  /* System colours stay as they are, other colours are replaced: those of backgrounds by the same one. */
  @media (forced-colors: active) {
    dialog[data-theme] {
      --card: Canvas; --ink: CanvasText; --muted: CanvasText; --line: CanvasText; --field-line: ButtonText;
      --accent: Highlight; --accent-soft: Canvas; --on-accent: HighlightText; --focus: Highlight; --back: Canvas;
    }
    .switch:has(:disabled), button:disabled, [aria-busy="true"] + .foot footer button {
      --ink: GrayText; --muted: GrayText; --line: GrayText; --field-line: GrayText; --accent: GrayText;
      --on-accent: Canvas;
    }
    .switch input:disabled { opacity: 1; }
  }
`;
