"""Tokens and identifiers in Crockford's base32 (https://www.crockford.com/base32.html).

Every token starts with the 4 characters of its workspace, which tell the partition without an index. The
record that a token opens is stored under the token's address, a SHA-256: so the record is found without an
index too, and Redis never holds the token.
"""

from __future__ import annotations

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(one + other for one in ALPHABET for other in ALPHABET)
"""The two characters of each number of 10 bits: the standard library writes them several times as slowly."""
_TO_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_IN_ADDRESSES = frozenset(ALPHABET.lower())
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})

WORKSPACE_LENGTH = 4
CODE_LENGTH = 20
"""A one-time code: 4 characters of the workspace and 16 random ones (80 bits)."""
MANAGE_TOKEN_LENGTH = 30
API_KEY_LENGTH = 40
SESSION_LENGTH = 40
INVITATION_LENGTH = 40
HOOK_LENGTH = 30
ID_LENGTH = 26
RECORD_LENGTH = 16
"""The id of a record that is not found by a token."""
OAUTH_CODE_LENGTH = 40
FEED_LENGTH = 50
"""The token of a calendar feed: the workspace, the id of its user, and 30 random characters (150 bits)."""
REFRESH_TOKEN_LENGTH = 60
"""A refresh token: the workspace, the id of its grant, and 30 random characters (150 bits)."""


def encode(data: bytes, length: int) -> str:
    """The first `length` base32 characters (5 bits each, most significant first) of `data`."""
    surplus = len(data) * 8 - length * 5
    if surplus < 0:
        raise ValueError(f"{len(data)} bytes do not fill {length} characters")
    odd = length % 2
    number = int.from_bytes(data, "big") << odd * 5 >> surplus
    shifts = range((length + odd) * 5 - 10, -1, -10)
    return "".join([_PAIRS[number >> shift & 1023] for shift in shifts])[:length]


def decode(text: str, length: int) -> bytes:
    """The `length` bytes that `encode` wrote as `text`."""
    return int(text.translate(_TO_DIGITS), 32).to_bytes(length, "big")


def normalise(text: str, length: int) -> str | None:
    """`text` in the form in which we write tokens, or None if it is not a token of `length`.

    Lower case is accepted, and O, I and L are read as 0, 1 and 1.
    """
    if len(text) != length or not text.isascii():
        return None
    token = text.upper().translate(_FORGIVEN)
    return None if token.strip(ALPHABET) else token


def workspace_number(workspace: str) -> int:
    """The 20-bit number that the 4 characters of a workspace's id encode."""
    return int.from_bytes(decode(workspace, 3), "big")


def address(kind: str, token: str) -> str:
    """The id of the record that `token` opens: 130 bits of a SHA-256, 26 lower-case characters.

    `kind` keeps the addresses of different kinds of token apart.
    """
    return encode(hashlib.sha256(f"{kind}:{token}".encode()).digest(), ID_LENGTH).lower()


def is_address(text: str) -> bool:
    """Whether `text` has the form of the ids that `address` returns."""
    return len(text) == ID_LENGTH and all(character in _IN_ADDRESSES for character in text)


def is_record(text: str) -> bool:
    """Whether `text` has the form of the id of a record that is not found by a token."""
    return len(text) == RECORD_LENGTH and all(character in _IN_ADDRESSES for character in text)


def is_workspace(text: str) -> bool:
    """Whether `text` has the form of a workspace's id."""
    return normalise(text, WORKSPACE_LENGTH) == text


def link_id(code: str) -> str:
    """The id of the one-time link whose normalised code is `code`."""
    return address("code", code)


def booking_id(manage_token: str) -> str:
    """The id of the booking whose normalised manage token is `manage_token`."""
    return address("manage", manage_token)
