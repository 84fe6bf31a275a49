"""GET /.{code} and GET /{slug}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.link import REFUSALS, LinkState
from admitone.usecases.visit import open_visit
from admitone.web.appkeys import SERVICES
from admitone.web.pages.choice import parameters, read_choice
from admitone.web.pages.gone_page import respond_gone
from admitone.web.pages.visit_address import visit_address
from admitone.web.pages.visit_page import Entered, respond_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.visit import Visit


async def handle(request: web.Request) -> web.StreamResponse:
    """Show what can be booked; a look, which consumes nothing."""
    services = request.app[SERVICES]
    visit = await open_visit(services, visit_address(request), is_look=True)
    state = visit.state(services.now())
    if visit.link is not None and state is not LinkState.ACTIVE:
        return respond_gone(request, visit.link, REFUSALS[state]())
    given = parameters(request)
    return await respond_visit(request, visit, read_choice(given), Entered(values=_prefilled(given, visit)))


def _prefilled(given: Mapping[str, str], visit: Visit) -> dict[str, str]:
    """What the address brings into the form; it never overrides the link's person."""
    person = visit.link.person if visit.link else None
    return dict(given) | ({"name": person.name, "email": person.email} if person else {})
