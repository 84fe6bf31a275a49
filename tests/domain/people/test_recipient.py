"""The spellings of one mailbox's address count as one recipient, and different mailboxes never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.domain.people.recipient import recipient_key

LOCAL = st.text("abcxyz0189_-", min_size=1, max_size=12)
TAG = st.text("abc019.+-", max_size=8)
DOMAIN = st.sampled_from(["acme.test", "example.com", "xn--bcher-kva.test"])


@pytest.mark.parametrize(
    ("email", "key"),
    [
        ("Carla@Customer.test", "carla@customer.test"),
        ("carla+news@customer.test", "carla@customer.test"),
        ("c.arla@customer.test", "c.arla@customer.test"),
        ("c.ar.la+x@GMail.com", "carla@gmail.com"),
        ("carla@googlemail.com", "carla@gmail.com"),
        ("+carla@customer.test", "+carla@customer.test"),
        ("STRASSE@customer.test", "strasse@customer.test"),
        ("straße@customer.test", "strasse@customer.test"),
    ],
)
def test_an_address_is_counted_without_its_spelling(email: str, key: str) -> None:
    assert recipient_key(email) == key


@given(LOCAL, TAG, DOMAIN, st.booleans())
def test_tags_and_case_make_no_other_recipient(local: str, tag: str, domain: str, is_upper: bool) -> None:
    spelt = f"{local}+{tag}@{domain}"
    assert recipient_key(spelt.upper() if is_upper else spelt) == recipient_key(f"{local}@{domain}")


@given(st.lists(LOCAL, min_size=1, max_size=4), st.sampled_from(["gmail.com", "googlemail.com"]))
def test_dots_make_no_other_recipient_at_gmail(parts: list[str], domain: str) -> None:
    assert recipient_key(f"{'.'.join(parts)}@{domain}") == f"{''.join(parts)}@gmail.com"


@given(LOCAL, LOCAL, DOMAIN, DOMAIN)
def test_other_mailboxes_are_other_recipients(one: str, other: str, at: str, elsewhere: str) -> None:
    is_same = (one, at) == (other, elsewhere)
    assert (recipient_key(f"{one}@{at}") == recipient_key(f"{other}@{elsewhere}")) is is_same


@given(LOCAL, TAG, DOMAIN)
def test_a_key_is_its_own_key(local: str, tag: str, domain: str) -> None:
    key = recipient_key(f"{local}+{tag}@{domain}")
    assert recipient_key(key) == key
