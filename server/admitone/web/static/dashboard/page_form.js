// The editor of a booking page: more rows without saving, and the week to draw hours in.

import { enableRows } from "./rows.js";
import { enableWeek } from "./week.js";

for (const list of document.querySelectorAll("[data-list]")) {
  if (list instanceof HTMLElement) enableRows(list);
}
const grid = document.querySelector("[data-week]");
if (grid instanceof HTMLElement) enableWeek(grid);
