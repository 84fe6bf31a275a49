// Asks for the code that the page mails to its customers, before the form is sent.
// Without scripts a page of its own asks for it.

import { element } from "./elements.js";

/** @param {HTMLFormElement} form @param {() => Promise<void>} sendForm */
export function startCode(form, sendForm) {
  const step = element("code", form);
  const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("_code"));
  const email = /** @type {HTMLInputElement} */ (form.elements.namedItem("email"));
  let sentTo = step.hidden ? null : email.value;
  let isSending = false;

  /** @param {string} address */
  async function send(address) {
    const answer = await fetch(`${form.dataset.api}/confirm`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify({ email: address }),
    });
    if (answer.status !== 202) throw new Error(`confirm: ${answer.status}`);
    sentTo = address;
    element("code-to", step).textContent = address;
    step.hidden = false;
    code.required = true;
    code.focus();
    element("status").textContent = step.querySelector("p")?.textContent ?? "";
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // no time is chosen yet
    const isAgain = event.submitter instanceof HTMLButtonElement && event.submitter.name === "_send";
    if (email.value === sentTo && !isAgain) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    send(email.value)
      .catch(sendForm) // the server says what is wrong, or asks for the code itself
      .finally(() => (isSending = false));
  });
}
