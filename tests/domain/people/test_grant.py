"""A family of tokens: which of them is good, and which ends it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.people.grant import (
    CODE_SECONDS,
    GRACE_SECONDS,
    REFRESH_SECONDS,
    TokenState,
    exchanged,
    grant_of,
    proves,
    refresh_address,
    token_state,
    turned,
)
from admitone.domain.people.seen import Seen
from tests.support.factories import NOW, a_grant, a_refresh_token

WAITS = st.sampled_from([0, 1, GRACE_SECONDS - 1, GRACE_SECONDS, 3600, REFRESH_SECONDS - 1, REFRESH_SECONDS])
STEPS = st.lists(st.tuples(WAITS, st.integers(0, 4)), max_size=12)


@given(STEPS)
def test_one_token_is_good_and_the_one_before_it_for_a_minute(steps: list[tuple[int, int]]) -> None:
    """`steps` are how long is waited, and how many tokens ago the one was given that is then presented."""
    given_out = [a_refresh_token()]
    grant, now, at = exchanged(a_grant(), given_out[0], NOW, Seen()), NOW, NOW
    for waited, ago in steps:
        now += waited
        back = min(ago, len(given_out) - 1)
        found = token_state(grant, refresh_address(given_out[-1 - back]), now)
        if now - at >= REFRESH_SECONDS:
            assert found is TokenState.OVER
        elif back == 0:
            assert found is TokenState.GOOD
            given_out.append(a_refresh_token())
            grant, at = turned(grant, given_out[-1], now, Seen()), now
        elif back == 1 and now - at < GRACE_SECONDS:
            assert found is TokenState.TURNED
        else:
            assert found is TokenState.REUSED
            return


@pytest.mark.parametrize(
    ("seconds", "found"),
    [(0, TokenState.GOOD), (CODE_SECONDS - 1, TokenState.GOOD), (CODE_SECONDS, TokenState.OVER)],
)
def test_a_code_is_good_for_a_minute(seconds: int, found: TokenState) -> None:
    grant = a_grant()
    assert token_state(grant, grant.current, NOW + seconds) is found


def test_a_code_that_was_exchanged_has_no_grace() -> None:
    before = a_grant()
    grant = exchanged(before, a_refresh_token(), NOW, Seen())
    assert token_state(grant, before.current, NOW) is TokenState.REUSED
    later = turned(grant, a_refresh_token(), NOW, Seen())
    assert token_state(later, before.current, NOW) is TokenState.REUSED


def test_the_example_of_the_rfc_proves_itself() -> None:
    """RFC 7636, appendix B."""
    grant = a_grant(challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    assert proves(grant, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")


@given(st.text(max_size=140), st.text(max_size=140))
def test_only_its_verifier_proves_a_challenge(verifier: str, other: str) -> None:
    digest = hashlib.sha256(verifier.encode()).digest()
    grant = a_grant(challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode())
    assert proves(grant, verifier)
    assert proves(grant, other) == (verifier == other)


def test_a_refresh_token_names_its_grant() -> None:
    token = a_refresh_token()
    assert grant_of(token) == token[4:30].lower()
