// Which server this extension works with, and whether what answers at an address is one.

import { json, request } from "./http.js";
import { kept } from "./kept.js";
import { Refusal } from "./refusal.js";

/** @import {Server} from "./kept.js" */

/** @throws {Refusal} `no-server` */
export async function server() {
  const found = await kept("server");
  if (!found) throw new Refusal("no-server");
  return found;
}

/**
 * What the server says of itself. The addresses that it names are its own, so that no code or token goes elsewhere.
 * @param {string} address
 * @returns {Promise<Server>}
 * @throws {Refusal} `unreachable`, `not-admitone`, `address-other`
 */
export async function describe(address) {
  const values = { server: new URL(address).host };
  const response = await metadataOf(address);
  if (response.status >= 500) throw new Refusal("unreachable", { values });
  const metadata = response.ok ? await json(response) : null;
  const { issuer, authorization_endpoint, token_endpoint, revocation_endpoint } = metadata ?? {};
  const endpoints = [authorization_endpoint, token_endpoint, revocation_endpoint];
  const isOurs = typeof issuer === "string" && endpoints.every((url) => isUnder(url, issuer));
  if (!isOurs || !metadata.code_challenge_methods_supported?.includes("S256")) {
    throw new Refusal("not-admitone", { values });
  }
  if (issuer !== address) throw new Refusal("address-other", { values: { other: issuer } });
  return { address, authorize: authorization_endpoint, token: token_endpoint, revoke: revocation_endpoint };
}

/**
 * Other servers do not let scripts of others read their answers, which looks as if nobody answered. An answer that
 * is not looked at tells one from the other.
 * @param {string} address
 */
async function metadataOf(address) {
  const url = `${address}/.well-known/oauth-authorization-server`;
  try {
    return await request(url);
  } catch (error) {
    await request(url, { mode: "no-cors" });
    throw error instanceof Refusal ? new Refusal("not-admitone", { values: error.values }) : error;
  }
}

/**
 * The origin that somebody means who types an address, or copies it from a page of the server.
 * @param {string} typed
 * @throws {Refusal} `address-invalid`, `address-insecure`
 */
export function origin(typed) {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (!url || !["http:", "https:"].includes(url.protocol) || !url.hostname || url.username || url.password) {
    throw new Refusal("address-invalid");
  }
  const isHere = isLoopback(url.hostname);
  if (url.protocol === "http:" && !isHere) throw new Refusal("address-insecure");
  return !hasScheme && isHere ? `http://${url.host}` : url.origin;
}

/** @param {string} host as `URL` writes it */
function isLoopback(host) {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

/** @param {unknown} url @param {string} issuer */
function isUnder(url, issuer) {
  return typeof url === "string" && url.startsWith(`${issuer}/`);
}
