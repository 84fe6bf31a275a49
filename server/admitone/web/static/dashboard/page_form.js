// The form of a booking page: more rows without saving, and a week in which hours are drawn.

import { enableRows } from "./rows.js";
import { enableWeek } from "./week.js";

for (const list of document.querySelectorAll("[data-list]")) {
  if (list instanceof HTMLElement) enableRows(list);
}
const grid = document.querySelector("[data-week]");
if (grid instanceof HTMLElement) enableWeek(grid);
