// Fetching pages of the dashboard, to show a part of them in this page.

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<{page: Document, ok: boolean}>}
 */
export async function fetchPage(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, ok: answer.ok };
}

/**
 * Send a form as the browser does.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [button] the button that was pressed
 */
export function sendForm(form, button = null) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) if (typeof value === "string") fields.append(name, value);
  return fetchPage(form.action, { method: "POST", body: fields });
}
