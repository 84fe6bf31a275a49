"""How territories write the time and begin the week: CLDR's `timeData` and `weekData`, as Babel has them.

Babel reads both from a locale's data, which it keeps for good once loaded; the languages of readers come from
outside. So they are listed here, and a test compares the lists with Babel's locales.
"""

from __future__ import annotations

from typing import Literal

from babel.core import get_global, parse_locale

Clock = Literal["h12", "h23"]

_H12 = frozenset(
    """
    001 419 AE AG AL AR AS AU BB BD BH BM BN BO BS BT CA CL CO CR CU CY DJ DM DO DZ EC EG EH ER ET FJ FM GD GH
    GM GR GT GU GY HK HN IN IQ JM JO KH KI KN KP KR KW KY LB LC LR LS LY MH MO MP MR MW MX MY NA NI NZ OM PA
    PE PG PH PK PR PS PW PY QA SA SB SD SG SL SO SS SV SY SZ TC TD TN TO TT TW UM US UY VC VE VG VI VU WS YE
    ZM
    """.split()  # noqa: SIM905 - a list of quoted codes would be harder to read
)
_H23_LANGUAGES = frozenset({("fr", "CA")})
"""Languages that differ from the others of their territory."""
_FIRST_DAYS = {
    4: "MV",
    5: "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
    6: """
    AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA
    PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW
    """,
}
_FIRST_DAY = {territory: day for day, listed in _FIRST_DAYS.items() for territory in listed.split()}


def clock_in(language: str, territory: str | None) -> Clock:
    """The clock of a language in a territory; by default in the territory where most of its speakers live."""
    territory = territory or _likely_territory(language)
    return "h12" if territory in _H12 and (language, territory) not in _H23_LANGUAGES else "h23"


def first_day_in(territory: str | None) -> int:
    """The first day of the week, 0 is Monday; also that of an unknown territory."""
    return _FIRST_DAY.get(territory or "", 0)


def _likely_territory(language: str) -> str | None:
    subtags = get_global("likely_subtags").get(language)
    return parse_locale(subtags)[1] if subtags else None
