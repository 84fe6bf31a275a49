// The activity live: a button says how many entries are new, and shows them. Nothing moves while somebody reads.

import { readTexts } from "../visit/texts.js";
import { refreshLists } from "./fresh.js";

const PAUSE = 5000;

const place = document.querySelector("[data-stream]");
if (place instanceof HTMLElement) follow(place);

/** @param {HTMLElement} place */
function follow(place) {
  const text = readTexts();
  const address = new URL(place.dataset.stream ?? "", location.href);
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let count = 0;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.addEventListener("click", async () => {
    count = 0;
    button.remove();
    await refreshLists();
    const first = document.querySelector("[data-rows] a");
    if (first instanceof HTMLElement) first.focus();
  });

  /** @param {string} said */
  const show = (said) => {
    button.textContent = said;
    place.append(button);
  };

  const open = () => {
    clearTimeout(timer);
    if (source || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("entry", (event) => {
      address.searchParams.set("after", event.lastEventId);
      count += 1;
      show(text("news", { count: String(count) }));
    });
    source.addEventListener("reset", (event) => {
      address.searchParams.set("after", event.lastEventId);
      show(text("news-any"));
    });
    source.addEventListener("close", close); // other tabs of the same user took its place
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return; // the browser connects again by itself
      close();
      timer = setTimeout(open, PAUSE);
    });
  };

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
