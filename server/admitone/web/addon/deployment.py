"""The deployment file, which tells Google the add-on's name, its address and what it asks of its users.

https://developers.google.com/workspace/add-ons/reference/rest/v1/projects.deployments
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from admitone.domain.text import line_problems
from admitone.web.addon.scopes import SCOPES
from admitone.web.addon.use import PATH

LOGO = "/static/-/logo.png"
"""It has no version in its address: Google keeps the address for as long as the add-on is installed."""
LONGEST_NAME = 50


class DeploymentError(Exception):
    """Google would refuse the deployment; the text says why, for people."""


def deployment(public_url: str, name: str) -> dict[str, Any]:
    """The content of the file; raises DeploymentError."""
    if urlsplit(public_url).scheme != "https":
        raise DeploymentError(
            f"Google calls add-ons by https only, and ADMITONE_PUBLIC_URL is {public_url}. Set it to the "
            "address at which this server is reached from the internet."
        )
    if line_problems("name", name, most=LONGEST_NAME):
        raise DeploymentError(f"A name has 1 to {LONGEST_NAME} characters in one line.")
    run = {"runFunction": f"{public_url}{PATH}"}
    return {
        "oauthScopes": list(SCOPES),
        "addOns": {
            "common": {
                "name": name,
                "logoUrl": f"{public_url}{LOGO}",
                "useLocaleFromApp": True,
                "homepageTrigger": run,
                "openLinkUrlPrefixes": [f"{public_url}/"],
            },
            "gmail": {
                "composeTrigger": {
                    "actions": [run | {"label": "Insert a booking link"}],
                    "draftAccess": "METADATA",
                }
            },
            "httpOptions": {
                "authorizationHeader": "SYSTEM_ID_TOKEN",
                "granularOauthPermissionSupport": "OPT_IN",
            },
        },
    }
