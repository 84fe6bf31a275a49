"""The audit log: `/api/v1/audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.audit.audit_list import AuditQuery, AuditView, list_audit
from admitone.usecases.shared.listing import Listing
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import query, respond_json
from admitone.web.openapi.operation import operation

if TYPE_CHECKING:
    from aiohttp import web


@operation("audit_list", Listing[AuditView], query=AuditQuery)
async def list_(request: web.Request) -> web.Response:
    """List who changed settings, users, keys, webhooks and mail templates in two years, newest first."""
    answer = await list_audit(request.app[SERVICES], request[CALLER], query(request, AuditQuery))
    return respond_json(answer)
