// A part of a page that shows work under way is fetched again until the work has ended, which is then said.

import { refreshLists } from "./fresh.js";
import { say } from "./toast.js";

const PAUSE = 2000;

if (document.querySelector("[data-under-way]")) watch();

function watch() {
  const timer = setInterval(async () => {
    if (document.hidden) return;
    await refreshLists();
    if (document.querySelector("[data-under-way]")) return;
    clearInterval(timer);
    say(document.querySelector("[data-state]")?.textContent ?? "");
  }, PAUSE);
}
