// The panel's style: the customer's ticket in miniature, light or dark like Gmail. Its colours are those of
// shared/tokens.css, which content scripts cannot load synchronously; a test compares them.

export const STYLE = `
  :host { all: initial !important; }
  dialog {
    --card: #ffffff; --ink: #20242a; --muted: #5d6570; --line: #e5dfd1; --field-line: #8a8f97; --accent: #b93a28;
    --accent-soft: #f7e6e1; --on-accent: #ffffff; --focus: #2460d8; --back: rgb(32 36 42 / .18);
    color-scheme: light; position: fixed; inset: auto; margin: 0; padding: 0; box-sizing: border-box;
    width: 320px; max-width: calc(100% - 16px); overflow: hidden; border: 0; border-radius: 14px;
    background: var(--card); color: var(--ink); font: 14px/20px "Google Sans", Roboto, system-ui, sans-serif;
    box-shadow: 0 0 0 1px var(--line), 0 4px 12px rgb(32 36 42 / .10), 0 16px 40px rgb(32 36 42 / .16);
  }
  dialog[data-theme="dark"] {
    --card: #1d2024; --ink: #ecebe7; --muted: #a4aab3; --line: #33383f; --field-line: #6d747e; --accent: #f08a78;
    --accent-soft: #3a2420; --on-accent: #20242a; --focus: #8ab4ff; --back: rgb(0 0 0 / .35);
    color-scheme: dark;
  }
  dialog[open] { display: flex; flex-direction: column; }
  dialog::backdrop { background: transparent; }
  dialog:focus { outline: none; }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] { animation: appear 120ms ease-out; }
    @keyframes appear { from { opacity: 0; } }
  }
  [hidden] { display: none !important; }
  header, .tear, .foot { flex: none; }
  .said { position: absolute; top: 0; margin: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap; }
  .content { min-height: 0; overflow: hidden auto; }
  .content, ul { scrollbar-width: thin; scrollbar-color: var(--field-line) transparent; }
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
  .switch + .hint { margin-top: -8px; }
  input:not([type="checkbox"]), select {
    box-sizing: border-box; width: 100%; min-height: 36px; padding: 6px 10px; font: inherit; color: inherit;
    background: var(--card); border: 1px solid var(--field-line); border-radius: 10px;
  }
  ul { list-style: none; margin: 0; padding: 4px; max-height: 132px; overflow: auto; border: 1px solid var(--line);
    border-radius: 10px; }
  [role="option"] { padding: 8px 8px 8px 5px; border-inline-start: 3px solid transparent; border-radius: 6px;
    cursor: pointer; overflow-wrap: anywhere; }
  .field:focus-within + ul [data-active] { box-shadow: inset 0 0 0 2px var(--focus); }
  [role="option"][aria-selected="true"] { background: var(--accent-soft); border-color: var(--accent); }
  .switch { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 32px;
    cursor: pointer; }
  .switch:has(:disabled) { color: var(--muted); cursor: default; }
  .switch input { appearance: none; flex: none; width: 36px; height: 20px; margin: 0; border-radius: 10px;
    border: 1px solid var(--field-line); background: var(--card); cursor: inherit;
    transition: background 120ms; }
  .switch input::before { content: ""; display: block; width: 12px; height: 12px; margin: 3px; border-radius: 50%;
    background: var(--field-line); }
  .switch input:checked { background: var(--accent); border-color: var(--accent); }
  .switch input:checked::before { margin-left: 19px; background: var(--on-accent); }
  .switch input:disabled { opacity: .5; }
  .pair { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 8px; align-items: center; }
  .pair .field { display: contents; }
  .for { display: flex; flex-direction: column; gap: 8px; }
  .problem { border-radius: 10px; margin: 0; padding: 8px 12px; background: var(--accent-soft); color: var(--ink);
    display: flex; flex-direction: column; gap: 8px; align-items: flex-start; }
  .problem p { margin: 0; }
  .content:has(> * > *) + .foot { border-top: 1px solid var(--line); }
  .feedback:has(:not(:empty)) { padding: 12px 16px 0; }
  footer { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 16px 16px; }
  footer:empty { padding: 16px 0 0; }
  button { min-height: 44px; min-width: 44px; padding: 6px 12px; font: inherit; font-weight: 500; color: var(--ink);
    cursor: pointer; background: transparent; border: 1px solid var(--field-line); border-radius: 10px; }
  button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  footer button { flex: 1 0 auto; }
  [aria-busy="true"] + .foot footer button, button:disabled { cursor: progress; color: var(--muted);
    border-color: var(--line); background: transparent; }
  [aria-busy="true"] + .foot footer button.primary, button.primary:disabled { background: var(--accent-soft);
    border-color: var(--accent-soft); color: var(--ink); }
  :is(button, input, select):focus-visible, ul:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
`;
