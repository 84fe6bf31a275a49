// Revoking a link, and reactivating it.

import { call } from "./api.js";

/** Revoke a link; a revoked link stays revoked. @param {{id: string}} message */
export async function revokeLink({ id }) {
  await call("POST", `/links/${encodeURIComponent(id)}/revoke`);
  return {};
}

/** Make a revoked link active again. @param {{id: string}} message */
export async function reactivateLink({ id }) {
  await call("POST", `/links/${encodeURIComponent(id)}/reactivate`);
  return {};
}
