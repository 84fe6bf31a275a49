"""Merge patches (RFC 7396), by which a PATCH changes a JSON document."""

from __future__ import annotations


def merge_patch(document: object, patch: object) -> object:
    """The document after the patch: null removes a member, objects merge, anything else replaces.

    Source: RFC 7396, section 2. Neither argument is changed.
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
