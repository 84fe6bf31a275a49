"""Whatever comes in place of an id token, the answer is a refusal and never another exception."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.google.errors import GoogleRefused
from admitone.google.id_token import verify

if TYPE_CHECKING:
    from admitone.google.certificates import Certificates

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=5,
)
headers = json_values | st.fixed_dictionaries(
    {"alg": st.sampled_from(["RS256", "none", "HS256", "ES256"]) | json_values},
    optional={"kid": st.just("known") | json_values},
)


class KnownCertificates:
    """Certificates of which one is not even a certificate."""

    url = "https://www.googleapis.com/oauth2/v1/certs"

    async def for_key(self, _: str | None) -> dict[str, str]:
        return {"known": "not a certificate"}


def _segment(value: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(value)).rstrip(b"=").decode()


tokens = st.text() | st.builds(
    lambda header, payload, signature: ".".join((_segment(header), _segment(payload), signature)),
    headers,
    json_values,
    st.text(alphabet="abcABC019-_", max_size=12) | st.text(max_size=5),
)


@given(token=tokens)
@settings(max_examples=300, deadline=None)
async def test_anything_else_is_refused(token: str) -> None:
    certificates: Certificates = KnownCertificates()  # type: ignore[assignment]
    with pytest.raises(GoogleRefused):
        await verify(token, certificates, client_id="client", nonce="nonce")
