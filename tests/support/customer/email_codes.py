"""The codes that were mailed to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.mail.email_codes import hash_code, read_email_code
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.deployment import Deployment


async def code_of(deployment: Deployment, page: Any, email: str = "carla@customer.test") -> str:
    """The valid code of an address for a page."""
    store, now = deployment.store, deployment.clock()
    address = hash_code(store, page["id"], email, "").address
    code = await read_email_code(store, WORKSPACE, page["id"], address, now)
    assert code is not None
    return code.code


def another(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 1_000_000:06}"
