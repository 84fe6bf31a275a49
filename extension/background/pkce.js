// Random values, and the proof that whoever turns a code in is who asked for it (RFC 7636).

/** A fresh value that nobody guesses: 32 bytes as 43 characters. */
export function secret() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** @param {string} verifier @returns {Promise<string>} its S256 challenge */
export async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
