"""The code that a page asks for, so that customers confirm their email address before they book."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from admitone.domain.errors import CodeWrong, NotFound, TooManyRequests, invalid
from admitone.domain.event import Event
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.store.codes import Code
from admitone.store.records.mail.email_codes import EmailCode, hash_code
from admitone.store.records.mail.email_codes import request_email_code as write_request
from admitone.texts.message import message
from admitone.usecases.shared.services import new_id

if TYPE_CHECKING:
    from admitone.store.records.mail.email_codes import GivenCode
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services

DIGITS = 6
NEEDED = message("This page asks for the code that is mailed to the customer's address.")


async def request_email_code(
    services: Services, visit: Visit, email: str, network: str | None, locale: str | None = None
) -> None:
    """Mail the code for `email`, at most as often as its recipient and the network may ask.

    Nothing tells whether a mail goes out: the code can be asked for by anybody. `network` is the hash of the
    network that asks, None if none is limited. `locale` is the language tag of the customer.

    Raises Invalid, NotFound if the page does not ask for a code, TooManyRequests from one network.
    """
    address = normalise_email(email, test_addresses=services.test_addresses)
    if address is None:
        raise invalid("email", MESSAGE)
    if not visit.asks_code or visit.target is None:
        raise NotFound
    page, code = visit.target.page.id, f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    hashed = hash_code(services.store, page, address, code)
    event = Event(
        type="email_code.requested", at=services.now(), by="customer", page=page, record=hashed.address
    )
    answer = await write_request(
        services.store,
        visit.snapshot.workspace,
        new_id(),
        hashed,
        EmailCode(address, code, locale),
        event,
        network,
    )
    if answer.code is Code.TOO_MANY:
        raise TooManyRequests(int(answer.rest[0]))


def given_code(services: Services, visit: Visit, email: str, text: str | None) -> GivenCode | None:
    """The code that came with a booking for `email`, None if the page asks for none; spaces do not count.

    Raises CodeWrong if there is none, or if it cannot be one, which is no try.
    """
    if not visit.asks_code or visit.target is None:
        return None
    code = re.sub(r"\s", "", text or "")
    if not code:
        raise CodeWrong(NEEDED)
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        raise CodeWrong
    return hash_code(services.store, visit.target.page.id, email, code)
