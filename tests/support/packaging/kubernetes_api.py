"""The types of Kubernetes' API, as `lightkube-models` generates them, and what does not fit them."""

from __future__ import annotations

import dataclasses
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_type_hints

import msgspec


def _without_client() -> None:
    """Give the models the three names that they take from their client: we call no cluster."""
    core, schema = ModuleType("lightkube.core"), ModuleType("lightkube.core.schema")
    vars(schema).update(dataclass=dataclasses.dataclass, field=dataclasses.field, DictMixin=object)
    sys.modules[core.__name__], sys.modules[schema.__name__] = core, schema


_without_client()


def problems(document: Any) -> list[str]:
    """What is wrong with an object: fields that its type does not have, or the first that does not fit."""
    group, _, version = document["apiVersion"].rpartition("/")
    kinds = import_module(f"lightkube.models.{group.partition('.')[0] or 'core'}_{version}")
    kind = getattr(kinds, document["kind"])
    if unknown := list(_unknown(document, kind, "$")):
        return unknown
    try:
        msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        return [str(error)]
    return []


def _unknown(value: Any, kind: Any, at: str) -> list[str]:
    """The paths of fields that the types do not have; `kind` is a dataclass, or a list or dict of them."""
    if isinstance(value, list):
        return [one for each in value for one in _unknown(each, kind, f"{at}[]")]
    inner = next((one for one in _parts(kind) if dataclasses.is_dataclass(one)), None)
    if inner is None or not isinstance(value, dict):
        return []
    kinds = get_type_hints(inner, vars(sys.modules[inner.__module__]))
    known = {one.metadata.get("json", one.name): kinds[one.name] for one in dataclasses.fields(inner)}
    found = [f"{at}.{name}" for name in value if name not in known]
    for name in value.keys() & known.keys():
        found += _unknown(value[name], known[name], f"{at}.{name}")
    return found


def _parts(kind: Any) -> list[Any]:
    """A type with all that its unions, lists and dicts are made of."""
    return [kind, *(part for one in get_args(kind) for part in _parts(one))]
