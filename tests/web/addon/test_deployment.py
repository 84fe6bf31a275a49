"""`admitone addon deployment`: what Google takes as a deployment, for this server's address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from admitone.commands.addon import addon_group
from admitone.fakegoogle.addon.draft import SCOPES as HOST_SCOPES
from admitone.web.addon.deployment import DeploymentError, deployment
from admitone.web.addon.scopes import SCOPES

if TYPE_CHECKING:
    from tests.support.accounts.site import Site

URL = "https://book.acme.test"


def test_the_file_names_this_server() -> None:
    found = CliRunner().invoke(addon_group, ["deployment"], env={"ADMITONE_PUBLIC_URL": URL})
    assert found.exit_code == 0, found.output
    file = json.loads(found.output)
    assert file["oauthScopes"] == list(SCOPES)
    common, gmail = file["addOns"]["common"], file["addOns"]["gmail"]
    assert common["homepageTrigger"] == {"runFunction": f"{URL}/addon"}
    assert gmail["composeTrigger"]["actions"][0]["runFunction"] == f"{URL}/addon"
    assert common["openLinkUrlPrefixes"] == [f"{URL}/"]
    assert common["useLocaleFromApp"] is True
    assert file["addOns"]["httpOptions"]["authorizationHeader"] == "SYSTEM_ID_TOKEN"


async def test_the_logo_is_at_its_address(site: Site) -> None:
    logo = deployment(URL, "Admit One")["addOns"]["common"]["logoUrl"].removeprefix(URL)
    async with site.http.get(f"{site.address}{logo}") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")


def test_what_google_would_refuse_is_refused_first() -> None:
    loopback = CliRunner().invoke(
        addon_group, ["deployment"], env={"ADMITONE_PUBLIC_URL": "http://127.0.0.1:8080"}
    )
    assert loopback.exit_code == 1
    assert "https" in loopback.output
    for name in ("", "x" * 51, "two\nlines"):
        with pytest.raises(DeploymentError):
            deployment(URL, name)


def test_the_stand_in_allows_the_scopes_of_the_deployment() -> None:
    assert set(SCOPES) | {"openid"} == set(HOST_SCOPES)
