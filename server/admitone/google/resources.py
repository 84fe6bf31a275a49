"""The service resources of google-api-python-client, from the discovery documents that it brings along."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec
from googleapiclient.discovery import build_from_document

DOCUMENTS = {"calendar": "calendar.v3.json", "gmail": "gmail.v1.json"}


def build_resource(api: Literal["calendar", "gmail"], root: str | None, http: Any) -> Any:
    """The resource of an API at `root` (None: Google's own), batches included.

    The client's option for another address, `api_endpoint`, does not reach batches; the document's does.
    """
    document = _document(DOCUMENTS[api])
    return build_from_document(document if root is None else {**document, "rootUrl": root}, http=http)


@cache
def _document(name: str) -> dict[str, Any]:
    folder = files("googleapiclient.discovery_cache") / "documents"
    return msgspec.json.decode((folder / name).read_bytes(), type=dict[str, Any])
