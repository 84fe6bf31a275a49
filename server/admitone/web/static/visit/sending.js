// Sends the form and shows the answer. If none comes, the form stays as it was typed, and its button sends it again:
// the nonce in it names the operation, which the server carries out once.

const LONGEST = 15_000; // more than the server waits for Redis and for the host's calendar
const OURS = "main.ticket"; // every page of ours has it, and no page of a proxy or of a hotel's network

/** @typedef {import("./texts.js").Say} Say */

/** Sends the form when it is submitted. @param {HTMLFormElement} form @param {() => Promise<void>} send */
export function startSending(form, send) {
  form.addEventListener("submit", (event) => {
    const isOther = event.submitter instanceof HTMLButtonElement && event.submitter.name; // asks for another view
    if (event.defaultPrevented || isOther) return;
    event.preventDefault();
    void send();
  });
}

/**
 * A function that sends `form`, and says beside its button why there is no answer.
 * @param {HTMLFormElement} form
 * @param {Say} say
 * @param {(page: Document) => void} show shows the page that answers the form
 */
export function sender(form, say, show) {
  const row = /** @type {HTMLElement} */ ([...form.querySelectorAll(".onward")].pop());
  const button = /** @type {HTMLElement} */ (row.querySelector(".button"));
  const error = document.createElement("p");
  Object.assign(error, { className: "error", role: "alert" });

  return async function send() {
    if (form.classList.contains("sending")) return;
    form.classList.add("sending");
    button.setAttribute("aria-disabled", "true"); // if it were disabled, it would lose the focus
    error.remove();
    try {
      const answer = await sent(form);
      if (typeof answer !== "string") show(answer);
      else location.assign(answer);
    } catch (reason) {
      const why = navigator.onLine ? "lost" : "offline";
      error.textContent = reason instanceof Unanswered ? reason.sentence(say) : say(why);
      button.textContent = say("again");
      row.prepend(error);
      error.scrollIntoView({ block: "nearest" });
    } finally {
      form.classList.remove("sending");
      button.removeAttribute("aria-disabled");
    }
  };
}

/** The server did not answer, or not with a page that can be shown. */
class Unanswered extends Error {
  /**
   * @param {string} text the name of the text that says why
   * @param {{said?: string | null | undefined, seconds?: number}} [about] what the server says, and when to try again
   */
  constructor(text, { said, seconds = 0 } = {}) {
    super(text);
    this.said = said;
    this.seconds = seconds;
  }

  /** @param {Say} say */
  sentence(say) {
    if (this.said) return this.said;
    return this.seconds > 0 ? say("later", { count: String(this.seconds) }) : say(this.message);
  }
}

/**
 * The page that answers the form, or the address that the answer leads to.
 * @param {HTMLFormElement} form
 * @returns {Promise<Document | string>}
 */
async function sent(form) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Unanswered("slow")), LONGEST);
  try {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    const answer = await fetch(form.action, { method: "POST", body, signal: stop.signal });
    if (answer.redirected) return answer.url;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const ours = page.querySelector(OURS);
    if (ours && answer.status < 500 && answer.status !== 429) return page;
    const said = ours?.querySelector("[data-summary] p, .heading")?.textContent;
    throw new Unanswered("unreachable", { said, seconds: Number(answer.headers.get("Retry-After")) });
  } finally {
    clearTimeout(timer);
  }
}
