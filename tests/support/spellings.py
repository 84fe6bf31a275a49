"""Every form in which a secret could appear in a log, a dump or an answer."""

from __future__ import annotations

import base64
import hashlib
import zlib

import msgspec

from admitone.domain import tokens


def spellings(secret: str) -> set[bytes]:
    """Every way in which a token, or its random part, might have been written down."""
    random = secret[tokens.WORKSPACE_LENGTH :]
    plain = {secret, random, secret.lower(), random.lower(), secret[::-1]}
    plain |= {"-".join(secret[i : i + 4] for i in range(0, len(secret), 4))}
    raw = {text.encode() for text in plain}
    for text in (secret, random):
        if set(text) <= set(tokens.ALPHABET):
            raw.add(tokens.decode(text, -(-len(text) * 5 // 8)))
    packed = {zlib.compress(text) for text in raw} | {zlib.compress(msgspec.json.encode({"code": secret}))}
    found = raw | packed
    for data in list(found):
        found |= {data.hex().encode(), data.hex().upper().encode()}
        found |= {base64.b64encode(data).rstrip(b"="), base64.urlsafe_b64encode(data).rstrip(b"=")}
        found |= {base64.b32encode(data).rstrip(b"=")}
    for digest in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        found |= {digest(data).hexdigest().encode() for data in raw}
    return {data for data in found if len(data) > 5}
