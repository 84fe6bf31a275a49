// The style of the week grid, in the colours of the panel.

export const STYLE = `
dialog:has(.week) { width: 680px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.bar > :last-child { margin-left: auto; }
.week { position: relative; max-height: max(180px, 44vh); overflow: auto; font-variant-numeric: tabular-nums; }
.low .week { max-height: none; }
table { position: relative; z-index: 1; width: 100%; table-layout: fixed; border-spacing: 0; text-align: center;
  touch-action: pan-y pinch-zoom; user-select: none; }
th, td { box-sizing: border-box; height: 44px; padding: 0; }
th { color: var(--muted); font-size: 12px; font-weight: 400; }
b { color: var(--ink); font-size: 14px; }
tr:first-child > * { position: sticky; top: 0; z-index: 1; background: var(--card); }
tr > :first-child { width: 56px; }
td[id] { position: relative; scroll-margin: 88px 0 44px; padding-right: 10px; cursor: pointer; }
td[id]::before { content: ""; position: absolute; inset: 2px 12px 2px 2px; z-index: -1; border: 1px solid
  var(--field-line); border-radius: 8px; background: var(--card); }
td[aria-selected="true"] { color: var(--on-accent); forced-color-adjust: none; }
td[aria-selected="true"]::before { background: var(--accent); }
td:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; }
b, small { display: block; }
small, td:not([id]), .week div * { font-size: 11px; line-height: 12px; overflow: hidden; }
.week div * { position: absolute; box-sizing: border-box; border-left: 3px solid var(--field-line); padding: 3px;
  --day: calc((100% - 56px) / var(--days)); left: calc(56px + var(--day) * var(--column));
  width: calc(var(--day) - 1px); top: calc(44px * (1 + var(--from)));
  height: max(6px, 44px * (var(--to) - var(--from)));
  background: repeating-linear-gradient(135deg, var(--line) 0 2px, transparent 2px 6px); }
`;
