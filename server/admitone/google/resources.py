"""The service resources of google-api-python-client, built from its bundled discovery documents."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec
from googleapiclient.discovery import build_from_document

DOCUMENTS = {"calendar": "calendar.v3.json", "gmail": "gmail.v1.json"}


def build_resource(api: Literal["calendar", "gmail"], root: str | None, http: Any) -> Any:
    """The resource of an API at `root` (None for Google's own), batches included.

    The client's option `api_endpoint` does not apply to batches; `rootUrl` in the document does.
    """
    document = _document(DOCUMENTS[api])
    return build_from_document(document if root is None else {**document, "rootUrl": root}, http=http)


@cache
def _document(name: str) -> dict[str, Any]:
    folder = files("googleapiclient.discovery_cache") / "documents"
    return msgspec.json.decode((folder / name).read_bytes(), type=dict[str, Any])
