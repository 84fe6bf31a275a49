"""A user's Gmail: send mails directly or as drafts (https://developers.google.com/workspace/gmail/api)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from admitone.google.errors import GoogleRefused

if TYPE_CHECKING:
    from admitone.google.api import GoogleApi, GoogleGrant, Request

NOT_FOUND = 404


class Gmail:
    """The mailbox of a grant. Every method raises GoogleRefused, GoogleUnreachable and GrantRevoked."""

    def __init__(self, api: GoogleApi, grant: GoogleGrant) -> None:
        self._api = api
        self._grant = grant

    async def send(self, content: bytes) -> None:
        """Send a mail (RFC 5322); a second call sends it a second time."""
        body = {"raw": _raw(content)}
        await self._call(lambda gmail: gmail.users().messages().send(userId="me", body=body))

    async def create_draft(self, content: bytes) -> str:
        """Store a mail as a draft and return the draft's id."""
        body = {"message": {"raw": _raw(content)}}
        answer = await self._call(lambda gmail: gmail.users().drafts().create(userId="me", body=body))
        draft: str = answer["id"]
        return draft

    async def send_draft(self, draft: str) -> bool:
        """Send a draft, which deletes it; False if it was sent or deleted before."""
        return await self._found(lambda gmail: gmail.users().drafts().send(userId="me", body={"id": draft}))

    async def delete_draft(self, draft: str) -> bool:
        """Delete a draft; False if it does not exist any more."""
        return await self._found(lambda gmail: gmail.users().drafts().delete(userId="me", id=draft))

    async def _found(self, request: Request) -> bool:
        try:
            await self._call(request)
        except GoogleRefused as refusal:
            if refusal.status == NOT_FOUND:
                return False
            raise
        return True

    async def _call(self, request: Request) -> Any:
        return await self._api.call(self._grant, "gmail", request)


def _raw(content: bytes) -> str:
    return urlsafe_b64encode(content).decode()
