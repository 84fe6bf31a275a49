"""Times as the API writes them: RFC 3339 in UTC, to the second. Inside, a time is whole epoch seconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from admitone.texts.message import message

_RFC_3339 = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)
_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_LAST = int((datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - _EPOCH).total_seconds())
_FIRST = int((datetime(1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())


class Instant(int):
    """Epoch seconds which JSON shows as `2026-11-23T15:00:00Z`; the type of times in bodies and answers."""

    @classmethod
    def parse(cls, text: str) -> Instant:
        """The instant that an RFC 3339 text names, with `Z` or any offset.

        Raises:
            ValueError: not RFC 3339 in upper case, no such date or time (a leap second included), or a
                fraction of a second other than zero, which the API could not give back.
        """
        match = _RFC_3339.fullmatch(text)
        if match is None:
            raise ValueError(message("Give a time such as 2026-11-23T15:00:00Z."))
        local, sign, hours, minutes = match.groups()
        try:
            clock = datetime.fromisoformat(local).replace(tzinfo=UTC)
        except ValueError:
            raise ValueError(message("There is no such date or time.")) from None
        seconds = (clock - _EPOCH) // _SECOND
        if sign:
            seconds -= (int(hours) * 3600 + int(minutes) * 60) * (-1 if sign == "-" else 1)
        if not _FIRST <= seconds <= _LAST:
            raise ValueError(message("There is no such date or time."))
        return cls(seconds)

    def text(self) -> str:
        """RFC 3339, such as `2026-11-23T15:00:00Z`. `str()` stays the digits, which keys and scripts take."""
        days, second = divmod(int(self), _DAY)
        return f"{_date(days)}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


@lru_cache(maxsize=4096)  # answers are full of times on the same few days
def _date(days: int) -> str:
    """The date that begins so many days after the epoch."""
    return date.fromordinal(_EPOCH.toordinal() + days).isoformat()


def decode_instant(kind: type, value: object) -> object:
    """For msgspec's decoders: the instant that an RFC 3339 text names. They know every other type.

    Raises:
        ValueError: `value` is not such a text.
    """
    if kind is not Instant:
        raise NotImplementedError(kind)
    if not isinstance(value, str):
        raise ValueError(message("Give a time such as 2026-11-23T15:00:00Z."))
    return Instant.parse(value)
