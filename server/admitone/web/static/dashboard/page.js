// Fetching pages of the dashboard, to show a part of them in this page.

/** @typedef {"unreachable" | "signed-out" | "busy" | "broken"} FailureKind */

const SIGNED_OUT = 401;
const BROKEN = 500;
const BUSY = [429, 503];

/** A page that did not come. Nothing was changed, or it is not known; `form` is what was sent. */
export class PageFailure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {HTMLFormElement | null} form
   */
  constructor(kind, form = null) {
    super(kind);
    this.kind = kind;
    this.form = form;
  }
}

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<{page: Document, ok: boolean}>} rejects with PageFailure
 */
export async function fetchPage(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options }).catch(() => null);
  if (!answer) throw new PageFailure("unreachable");
  if (answer.status === SIGNED_OUT) throw new PageFailure("signed-out");
  if (BUSY.includes(answer.status)) throw new PageFailure("busy");
  if (answer.status >= BROKEN) throw new PageFailure("broken");
  const text = await answer.text().catch(() => null);
  if (text === null) throw new PageFailure("unreachable");
  return { page: new DOMParser().parseFromString(text, "text/html"), ok: answer.ok };
}

/**
 * Send a form as the browser does. A failure names the form, which stays as it is and can be sent again.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [button] the button that was pressed
 */
export async function sendForm(form, button = null) {
  try {
    await renewTokens();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) {
      if (typeof value === "string") fields.append(name, value);
    }
    return await fetchPage(form.action, { method: "POST", body: fields });
  } catch (failure) {
    if (!(failure instanceof PageFailure)) throw failure;
    isSignedOut ||= failure.kind === "signed-out";
    throw new PageFailure(failure.kind, form);
  }
}

let isSignedOut = false;

/** After a session has ended, and another has begun in another tab: forms need the token of the new one. */
async function renewTokens() {
  if (!isSignedOut) return;
  const { page } = await fetchPage(location.href);
  const fresh = page.querySelector("input[name=csrf]");
  if (!(fresh instanceof HTMLInputElement)) return;
  for (const own of document.querySelectorAll("input[name=csrf]")) {
    if (own instanceof HTMLInputElement) own.value = fresh.value;
  }
  isSignedOut = false;
}
