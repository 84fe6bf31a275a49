"""Refusals of uploaded pictures."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class NoPicture(Refusal):
    """The content type, or the content whatever its type, is not of one of these formats."""

    code = "no-picture"
    kind = Kind.WRONG_TYPE
    sentence = message("Use a picture in PNG, JPEG, WebP or GIF format.")


class PictureTooLarge(Refusal):
    """More than 25 million pixels, a side of more than 10,000, or more memory than a picture gets."""

    code = "picture-too-large"
    kind = Kind.TOO_LARGE
    sentence = message("The picture has too many pixels: at most 25 million, and 10,000 on each side.")


class PictureDamaged(Refusal):
    """The picture is incomplete, its content contradicts itself, or decoding it takes too long."""

    code = "picture-damaged"
    kind = Kind.INVALID
    sentence = message("The picture is damaged or incomplete. Try another file.")
