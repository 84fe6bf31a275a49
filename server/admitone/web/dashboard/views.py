"""What a use case answered, whether it is a view or what an earlier call was answered, as plain values."""

from __future__ import annotations

from typing import Any

import msgspec

from admitone.domain.instant import encode_instant


def plain(view: Any) -> dict[str, Any]:
    """The view as JSON has it; what a repeated form is answered has that form already."""
    document: dict[str, Any] = msgspec.to_builtins(view, enc_hook=encode_instant)
    return document
