"""Schema 9: the document of a booking names its fields by letters, and leaves out the usual policy.

Each booking took some 70 bytes for the long names and for a policy that most bookings have. What a document
left out before was the policy without any limit; that is written as `{}` now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from admitone.store.migrations.migration import Migration, UnreadableError, Upgrade

if TYPE_CHECKING:
    from admitone.sealing import Sealer
    from admitone.store.migrations.migration import Record, Values

NAMES: Final = {
    "created": "c",
    "name": "n",
    "email": "e",
    "zone": "z",
    "event_type": "t",
    "location": "l",
    "policy": "p",
    "manage": "m",
    "notes": "o",
    "answers": "a",
    "questions": "q",
    "locale": "i",
    "calendar": "k",
    "guests": "g",
}
USUAL: Final = {"max_reschedules": 5}
"""The policy that a document leaves out."""


def _booking(record: Record, _: Sealer) -> Values:
    fields, text = record.values
    if text is None:  # it was erased
        return record.values
    document = _document(text)
    if not document.keys() & NAMES.keys():
        return record.values
    new = {NAMES.get(name, name): value for name, value in ({"policy": {}} | document).items()}
    if new["p"] == USUAL:
        del new["p"]
    return [fields, msgspec.json.encode(new)]


def _document(text: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        raise UnreadableError("data", "This is not a JSON object.") from None


TO_SCHEMA_9: Final = Migration(9, [Upgrade("booking", _booking)])
