"""Where sealed texts are in Redis: one place for each purpose in `Kept`. Resealing reads this table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import msgspec

from admitone.sealing import Kept
from admitone.store.keys import META, SIGNING_KEYS, UNSUBSCRIBE_KEY
from admitone.store.records.configuration.configuration_cache import SETTINGS_ID, field_of
from admitone.store.records.credentials.signing_keys import NEWEST
from admitone.store.records.documents import text_map
from admitone.store.redis.coalescer import Command

Script = Literal["text_reseal", "field_reseal", "item_reseal", "config_reseal"]
WEBHOOKS = field_of("webhooks", SETTINGS_ID)
FEED = field_of("calendar_feed", "")
INVITATION = field_of("invitation", "")
WORKFLOW = field_of("workflow", "")


class Value(msgspec.Struct, frozen=True):
    """A text in Redis: a string, an item of a list, or a hash's `field`.

    `sealed` lists the sealed texts in it, each as a pair: the sealer's `place`, and the sealed text.
    """

    text: str
    sealed: Sequence[tuple[str, str]]
    field: str = ""


class SealedPlace(msgspec.Struct, frozen=True):
    """Where the sealed texts of one purpose are.

    `words` name the texts for people. `key` matches the whole name of a Redis key. `read` makes the commands
    that read such a key, `find` finds the values in their answers, and `script` writes one value.
    """

    words: str
    key: re.Pattern[str]
    script: Script
    read: Callable[[str], Sequence[Command]]
    find: Callable[[re.Match[str], Sequence[Any]], Iterable[Value]]


def _of_workspace(rest: str) -> re.Pattern[str]:
    return re.compile(rf"ao:\{{p\d+\}}:(?P<workspace>[0-9A-Z]{{4}}):{rest}")


def _get(key: str) -> Sequence[Command]:
    return [Command(("GET", key))]


def _get_all(key: str) -> Sequence[Command]:
    return [Command(("HGETALL", key))]


def _place(key: re.Match[str]) -> str:
    return f"{key['workspace']}:{key['id']}"


def _code(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    [sealed] = answers
    if sealed is not None:
        yield Value(sealed.decode(), [(_place(key), sealed.decode())], "code")


def _erasure(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    [sealed] = answers
    if sealed is not None:
        yield Value(sealed.decode(), [(_place(key), sealed.decode())], "email")


def _manage_link(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    return _member(key, answers, "m")


def _google_grant(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    return _member(key, answers, "refresh_token")


def _member(key: re.Match[str], answers: Sequence[Any], name: str) -> Iterable[Value]:
    [text] = answers
    if text is not None:
        yield Value(text.decode(), [(_place(key), msgspec.json.decode(text)[name])])


def _answer(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    """The sealed answer follows a fingerprint; without an Idempotency-Key no answer is kept."""
    [text] = answers
    sealed = (text or b"").decode().partition(" ")[2]
    if sealed:
        yield Value(text.decode(), [(key["id"], sealed)])


def _read_successor(key: str) -> Sequence[Command]:
    return [*_get(key), *_get(key.removesuffix(":successor"))]


def _successor(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    sealed, grant = answers
    if sealed is not None and grant is not None:
        place = f"{_place(key)}:{msgspec.json.decode(grant)['current']}"
        yield Value(sealed.decode(), [(place, sealed.decode())])


def _invitations(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for field, text in text_map(answers[0]).items():
        if field.startswith(INVITATION):
            invitation = msgspec.json.decode(text.partition(b" ")[2])
            place = f"{key['workspace']}:{invitation['id']}"
            yield Value(text.decode(), [(place, invitation["token"])], field)


def _feeds(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for field, text in text_map(answers[0]).items():
        if field.startswith(FEED):
            feed = msgspec.json.decode(text.partition(b" ")[2])
            yield Value(text.decode(), [(f"{key['workspace']}:{feed['id']}", feed["token"])], field)


def _hooks(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for field, text in text_map(answers[0]).items():
        if field.startswith(WORKFLOW):
            workflow = msgspec.json.decode(text.partition(b" ")[2])
            if sealed := workflow["hook"]:
                yield Value(text.decode(), [(f"{key['workspace']}:{workflow['id']}", sealed)], field)


def _sample(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    [sealed] = answers
    if sealed is not None:
        yield Value(sealed.decode(), [(_place(key), sealed.decode())])


def _webhooks(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    [text] = answers
    if text is not None:
        webhooks = msgspec.json.decode(text.partition(b" ")[2])["items"]
        sealed = [(f"{key['workspace']}:{one['id']}", one["secret"]) for one in webhooks]
        yield Value(text.decode(), sealed, WEBHOOKS)


def _signing_keys(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for field, text in text_map(answers[0]).items():
        if field != NEWEST:
            yield Value(text.decode(), [(field, text.decode().partition(" ")[2])], field)


def _proof(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    [sealed] = answers
    if sealed is not None:
        yield Value(sealed.decode(), [(key[0], sealed.decode())], "proof")


def _whole(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    """A key whose whole value is sealed for the place that is its name."""
    [sealed] = answers
    if sealed is not None:
        yield Value(sealed.decode(), [(key[0], sealed.decode())])


def _mails(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for text in answers[0]:
        mail, _, sealed = text.decode().partition(" ")
        yield Value(text.decode(), [(f"{key['workspace']}:{mail}", sealed)])


def _imported_file(key: re.Match[str], answers: Sequence[Any]) -> Iterable[Value]:
    for field, text in text_map(answers[0]).items():
        yield Value(text.decode(), [(f"{_place(key)}:{field}", text.decode())], field)


PLACES = {
    Kept.CODE: SealedPlace(
        words="codes of one-time links",
        key=_of_workspace("link:(?P<id>[^:]+)"),
        script="field_reseal",
        read=lambda key: [Command(("HGET", key, "code"))],
        find=_code,
    ),
    Kept.MANAGE_LINK: SealedPlace(
        words="manage links",
        key=_of_workspace("booking:(?P<id>[^:]+):data"),
        script="text_reseal",
        read=_get,
        find=_manage_link,
    ),
    Kept.ANSWER: SealedPlace(
        words="answers kept for an Idempotency-Key",
        key=_of_workspace("operation:(?P<id>[^:]+)"),
        script="text_reseal",
        read=_get,
        find=_answer,
    ),
    Kept.SUCCESSOR: SealedPlace(
        words="refresh tokens of apps",
        key=_of_workspace("grant:(?P<id>[^:]+):successor"),
        script="text_reseal",
        read=_read_successor,
        find=_successor,
    ),
    Kept.GOOGLE_GRANT: SealedPlace(
        words="refresh tokens of Google",
        key=_of_workspace("connection:(?P<id>[^:]+)"),
        script="text_reseal",
        read=_get,
        find=_google_grant,
    ),
    Kept.INVITATION: SealedPlace(
        words="invitations",
        key=_of_workspace("config"),
        script="config_reseal",
        read=_get_all,
        find=_invitations,
    ),
    Kept.FEED: SealedPlace(
        words="addresses of calendar feeds",
        key=_of_workspace("config"),
        script="config_reseal",
        read=_get_all,
        find=_feeds,
    ),
    Kept.HOOK: SealedPlace(
        words="tokens of inbound hooks",
        key=_of_workspace("config"),
        script="config_reseal",
        read=_get_all,
        find=_hooks,
    ),
    Kept.HOOK_SAMPLE: SealedPlace(
        words="last events of inbound hooks",
        key=_of_workspace("hook:(?P<id>[^:]+):sample"),
        script="text_reseal",
        read=_get,
        find=_sample,
    ),
    Kept.WEBHOOK: SealedPlace(
        words="secrets of webhooks",
        key=_of_workspace("config"),
        script="config_reseal",
        read=lambda key: [Command(("HGET", key, WEBHOOKS))],
        find=_webhooks,
    ),
    Kept.SIGNING_KEY: SealedPlace(
        words="keys that sign access tokens",
        key=re.compile(re.escape(SIGNING_KEYS)),
        script="field_reseal",
        read=_get_all,
        find=_signing_keys,
    ),
    Kept.MAIL: SealedPlace(
        words="mails that nothing could send",
        key=_of_workspace("mails:kept"),
        script="item_reseal",
        read=lambda key: [Command(("LRANGE", key, 0, -1))],
        find=_mails,
    ),
    Kept.ERASURE: SealedPlace(
        words="addresses to erase",
        key=_of_workspace("erasure:(?P<id>[^:]+)"),
        script="field_reseal",
        read=lambda key: [Command(("HGET", key, "email"))],
        find=_erasure,
    ),
    Kept.IMPORT: SealedPlace(
        words="files of contacts that are imported",
        key=_of_workspace("import:(?P<id>[^:]+):file"),
        script="field_reseal",
        read=_get_all,
        find=_imported_file,
    ),
    Kept.PROOF: SealedPlace(
        words="proofs of the key",
        key=re.compile(re.escape(META)),
        script="field_reseal",
        read=lambda key: [Command(("HGET", key, "proof"))],
        find=_proof,
    ),
    Kept.UNSUBSCRIBE_KEY: SealedPlace(
        words="the key of unsubscribe links",
        key=re.compile(re.escape(UNSUBSCRIBE_KEY)),
        script="text_reseal",
        read=_get,
        find=_whole,
    ),
}
