"""Email a link to its person, or nudge them: `/dashboard/links/LINK/email` and `…/nudge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import LinkNotMailable, MailNotSetUp
from admitone.domain.links.link import LinkMailKind
from admitone.usecases.links.link_read import read_link_view
from admitone.usecases.mail.link_email import email_link, preview_link_mail
from admitone.usecases.shared.mail_set_up import mail_set_up
from admitone.usecases.shared.ownership import own_link
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.mail.mail_document import show_mail
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.errors import Refusal


class LinkMailRoom(msgspec.Struct, frozen=True):
    """The room in which a host reads one kind of mail and then sends it."""

    kind: LinkMailKind
    path: str
    """The last part of the room's address."""
    said: str
    """The notice after it was sent."""

    async def show(self, request: web.Request) -> web.Response:
        """Show the mail, and the button that sends it."""
        return await self._show(request)

    async def send(self, request: web.Request) -> web.Response:
        """Send the mail, once for each page that was shown."""
        services, caller = request.app[SERVICES], request[CALLER]
        try:
            link = await email_link(services, caller, self.kind)
        except (LinkNotMailable, MailNotSetUp) as refusal:
            return await self._show(request, refusal)
        return lead_to(f"/dashboard/links/{link.id}", said=self.said)

    async def preview(self, request: web.Request) -> web.Response:
        """Show the mail as its person will see it."""
        mail = await preview_link_mail(request.app[SERVICES], request[CALLER], self.kind)
        return show_mail(request, subject=mail.subject, text=mail.text, html=mail.html, to=mail.to.email)

    async def _show(self, request: web.Request, refusal: Refusal | None = None) -> web.Response:
        services, caller = request.app[SERVICES], request[CALLER]
        link = await own_link(caller)
        mail = None
        try:
            mail = await preview_link_mail(services, caller, self.kind)
        except LinkNotMailable as why_not:
            refusal = refusal or why_not
        view = await read_link_view(services, caller, link.id)
        [row] = await link_rows(caller, [view])
        context = {
            "room": "links",
            "mail_room": self,
            "row": row,
            "link": view,
            "mail": mail,
            "set_up": await mail_set_up(services, caller.workspace, caller.user.id),
            "why_not": refusal.detail if refusal else None,
        }
        return await show_room(request, "links/link_mail", context, status=409 if refusal else 200)


EMAIL = LinkMailRoom("link", "email", "link-emailed")
NUDGE = LinkMailRoom("reminder", "nudge", "link-reminded")
