"""The bill of materials of the server: what a lock installs, in the format of CycloneDX."""

from __future__ import annotations

import re
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cyclonedx.model.license import License

_PINNED = re.compile(r"^([\w.-]+)==(\S+?)(?: ; (.+?))? \\$", re.MULTILINE)
CONDITION = "admitone:installed-if"
"""The property of a package that only some machines need: the marker of its line in the lock (PEP 508)."""
BUILDS = {"setuptools"}
"""What the lock has to build the wheel, and what no server needs."""


def bill_of_materials(lock: str, version: str, commit: str, made_at: datetime) -> str:
    """The bill as JSON, for the text of a lock with hashes; it is the same whenever it is made.

    Licences are those that the installed packages state as SPDX expressions; a package that is not installed
    here, or states none, is listed without.
    """
    server = _component("admitone", version, ComponentType.APPLICATION, "Apache-2.0")
    packages = [
        _component(name, pinned, ComponentType.LIBRARY, _licence(name, pinned), condition)
        for name, pinned, condition in _PINNED.findall(lock)
        if name not in BUILDS
    ]
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, f"admitone {version} {commit}"),
        metadata=BomMetaData(component=server, timestamp=made_at),
        components=packages,
    )
    bom.register_dependency(server, packages)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _component(
    name: str, version: str, kind: ComponentType, licence: str | None, condition: str = ""
) -> Component:
    address = PackageURL("pypi", name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=str(address),
        purl=address,
        licenses=_licences(licence),
        properties=[Property(name=CONDITION, value=condition)] if condition else (),
    )


def _licences(expression: str | None) -> Iterator[License]:
    if expression:
        yield LicenseFactory().make_from_string(expression)


def _licence(name: str, version: str) -> str | None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    stated = found.metadata.json.get("license_expression")
    return stated if isinstance(stated, str) and found.version == version else None
