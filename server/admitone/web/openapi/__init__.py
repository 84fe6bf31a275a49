"""The description of the API, for programs (OpenAPI) and for people."""

from admitone.web.openapi import reference

__all__ = ["reference"]
