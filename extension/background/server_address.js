// Addresses of servers, as people type them.

import { RefusalError } from "./refusal.js";

/**
 * The origin in what a person types: an address, or the address of any page of the server.
 * @param {string} typed
 * @throws {RefusalError} `address-invalid`, `address-insecure`
 */
export function originOf(typed) {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (!url || !["http:", "https:"].includes(url.protocol) || !url.hostname || url.username || url.password) {
    throw new RefusalError("address-invalid");
  }
  const isLocal = isLoopback(url.hostname);
  if (url.protocol === "http:" && !isLocal) throw new RefusalError("address-insecure");
  return !hasScheme && isLocal ? `http://${url.host}` : url.origin;
}

/** @param {string} host as `URL` writes it */
export function isLoopback(host) {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
