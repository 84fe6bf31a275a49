"""`admitone slots`: the times that a described case offers, and why others are not offered."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click
import msgspec

from admitone.domain.documents import convert, encode_value
from admitone.domain.errors import FieldError, Invalid, invalid
from admitone.usecases.times.slots_describe import describe_slots
from admitone.usecases.times.slots_document import SlotsDocument

BAD_INPUT = 2


@click.command("slots")
@click.argument("file", type=click.File("rb"))
@click.option("--explain", "explained", is_flag=True, help="Say of each other time why it is not offered.")
def slots_command(file: BinaryIO, *, explained: bool) -> None:
    """Print the offered times of the case in FILE (JSON; - for standard input).

    A list of cases answers a list. Bad input is exit status 2, with its place on standard error.
    """
    try:
        answer = answer_slots(file.read(), explained=explained)
    except Invalid as refusal:
        for error in refusal.errors:
            click.echo(f"{error.field}: {error.message}" if error.field else error.message, err=True)
        sys.exit(BAD_INPUT)
    click.echo(answer)


def answer_slots(text: bytes, *, explained: bool) -> bytes:
    """The answer to a described case, or to a list of them, both in JSON.

    Raises:
        Invalid: every mistake with its place, such as `hosts.0.weekly.mon.1`, in a list `2.hosts.0.timezone`.
    """
    try:
        given = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise invalid("", f"The input is not JSON in UTF-8: {error}.") from None
    if isinstance(given, list):
        documents = convert(given, list[SlotsDocument])
        answer: object = [_described(*entry, explained=explained) for entry in enumerate(documents)]
    else:
        answer = describe_slots(convert(given, SlotsDocument), explained=explained)
    return msgspec.json.encode(answer, enc_hook=encode_value)


def _described(index: int, document: SlotsDocument, *, explained: bool) -> dict[str, object]:
    try:
        return describe_slots(document, explained=explained)
    except Invalid as refusal:
        places = (FieldError(f"{index}.{error.field}", error.message) for error in refusal.errors)
        raise Invalid(*places) from None
