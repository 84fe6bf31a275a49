// Revoking a link, and reactivating it.

import { call } from "./api.js";

/** Revoke a link, and return its status; a revoked link stays revoked. @param {{id: string}} message */
export async function revokeLink({ id }) {
  const { status } = await call("POST", `/links/${encodeURIComponent(id)}/revoke`);
  return { status };
}

/** Make a revoked link active again, and return its status. @param {{id: string}} message */
export async function reactivateLink({ id }) {
  const { status } = await call("POST", `/links/${encodeURIComponent(id)}/reactivate`);
  return { status };
}
