// The server that this extension works with, and the check that an address is an Admit One server.

import { readJson, request } from "./http.js";
import { RefusalError, valuesOf } from "./refusal.js";
import { readLocal } from "./storage.js";

/** @import {Server} from "./storage.js" */

/** @throws {RefusalError} `no-server` */
export async function currentServer() {
  const server = await readLocal("server");
  if (!server) throw new RefusalError("no-server");
  return server;
}

/**
 * Refuse addresses in an answer of the server that are not its own: they would be inserted, opened or shown as its.
 * @param {unknown[]} urls
 * @throws {RefusalError} `not-ours`
 */
export async function checkUrls(...urls) {
  const { address } = await currentServer();
  if (!urls.every((url) => isOurs(url, address))) throw new RefusalError("not-ours", { values: valuesOf(address) });
}

/**
 * Read the metadata of the server at an address. Endpoints of another origin are refused, so that no code or token
 * goes elsewhere.
 * @param {string} address
 * @returns {Promise<Server>}
 * @throws {RefusalError} `unreachable`, `not-admitone`, `address-other`
 */
export async function discoverServer(address) {
  const values = valuesOf(address);
  const response = await fetchMetadata(address);
  if (response.status >= 500) throw new RefusalError("unreachable", { values });
  const metadata = response.ok ? await readJson(response) : null;
  const { issuer, authorization_endpoint, token_endpoint, revocation_endpoint } = metadata ?? {};
  const endpoints = [authorization_endpoint, token_endpoint, revocation_endpoint];
  const areOurs = typeof issuer === "string" && endpoints.every((url) => isOurs(url, issuer));
  if (!areOurs || !metadata.code_challenge_methods_supported?.includes("S256")) {
    throw new RefusalError("not-admitone", { values });
  }
  if (issuer !== address) throw new RefusalError("address-other", { values: { other: issuer } });
  return { address, authorize: authorization_endpoint, token: token_endpoint, revoke: revocation_endpoint };
}

/**
 * Another kind of server does not allow cross-origin reads (CORS), and its refusal looks like a failed connection.
 * A second request in `no-cors` mode tells the two apart: it fails only without a connection.
 * @param {string} address
 */
async function fetchMetadata(address) {
  const url = `${address}/.well-known/oauth-authorization-server`;
  try {
    return await request(url, { redirect: "follow" }); // the metadata say at which address the server really is
  } catch (error) {
    await request(url, { mode: "no-cors", redirect: "follow" });
    throw error instanceof RefusalError ? new RefusalError("not-admitone", { values: error.values }) : error;
  }
}

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
function isLoopback(host) {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

/**
 * Whether a URL is of the server with this origin, and encrypted if it leaves this computer.
 * @param {unknown} url
 * @param {string} origin
 * @returns {boolean}
 */
function isOurs(url, origin) {
  const found = typeof url === "string" ? URL.parse(url) : null;
  if (!found?.href.startsWith(`${origin}/`)) return false;
  return found.protocol === "https:" || (found.protocol === "http:" && isLoopback(found.hostname));
}
