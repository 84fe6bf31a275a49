"""The manifests: by the types of Kubernetes' API, and by what they promise."""

from __future__ import annotations

from typing import Any

import pytest

from admitone.config import Config, Environment
from admitone.web.routes import ROUTES
from tests.support.packaging.deploying import manifests, names_of_settings, of_kind
from tests.support.packaging.dockerfile import read_dockerfile
from tests.support.packaging.kubernetes_api import problems
from tests.support.server_process import SECRET_KEY

OURS = ("admitone", "admitone-worker")
PODS = [*of_kind("Deployment").values(), *of_kind("StatefulSet").values()]


def named(one: Any) -> str:
    return f"{one['kind']}-{one['metadata']['name']}"


def container_of(one: Any) -> Any:
    [container] = one["spec"]["template"]["spec"]["containers"]
    return container


@pytest.mark.parametrize("document", manifests(), ids=named)
def test_it_is_an_object_of_the_api(document: Any) -> None:
    assert problems(document) == []


def test_what_does_not_fit_the_api_is_found() -> None:
    server = of_kind("Deployment")["admitone"]
    server["spec"]["replicas"] = "two"
    assert problems(server) == ["Expected `int | null`, got `str` - at `$.spec.replicas`"]
    container_of(server)["livenessProb"] = {}
    assert problems(server) == ["$.spec.template.spec.containers[].livenessProb"]


def test_the_settings_are_those_of_production() -> None:
    given = of_kind("ConfigMap")["admitone"]["data"]
    assert set(given) <= names_of_settings()
    secret = {"ADMITONE_SECRET_KEY": SECRET_KEY, "ADMITONE_GOOGLE_CLIENT_SECRET": "secret"}
    config = Config({**read_dockerfile().environment, **given, **secret})
    config.demand_all()
    assert config.env is Environment.PRODUCTION
    assert not config.worker
    [host] = [rule["host"] for rule in of_kind("Ingress")["admitone"]["spec"]["rules"]]
    assert config.public_url == f"https://{host}"
    service = of_kind("Service")["admitone-valkey"]
    assert (
        config.redis_url == f"redis://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}/0"
    )


def test_every_reference_meets_what_it_names() -> None:
    labels = {one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"] for one in PODS}
    selectors = {
        "Deployment": lambda spec: spec["selector"]["matchLabels"],
        "StatefulSet": lambda spec: spec["selector"]["matchLabels"],
        "PodDisruptionBudget": lambda spec: spec["selector"]["matchLabels"],
        "NetworkPolicy": lambda spec: spec["podSelector"]["matchLabels"],
        "Service": lambda spec: spec["selector"],
    }
    for one in manifests():
        if select := selectors.get(one["kind"]):
            assert select(one["spec"]) == labels[one["metadata"]["name"]], named(one)
    [rule] = of_kind("Ingress")["admitone"]["spec"]["rules"]
    [path] = rule["http"]["paths"]
    service = of_kind("Service")[path["backend"]["service"]["name"]]
    assert path["backend"]["service"]["port"]["name"] == service["spec"]["ports"][0]["name"]


def test_the_probes_ask_routes_that_exist_at_the_port_of_the_image() -> None:
    server = container_of(of_kind("Deployment")["admitone"])
    [port] = server["ports"]
    assert str(port["containerPort"]) == read_dockerfile().last("EXPOSE").text
    paths = {route.path for route in ROUTES if route.method == "GET"}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = server[probe]["httpGet"]
        assert asked["path"] in paths
        assert asked["port"] == port["name"]
    start = server["startupProbe"]
    assert start["periodSeconds"] * start["failureThreshold"] >= 15 * 60  # data may be brought up to date


@pytest.mark.parametrize("name", OURS)
def test_a_drained_node_leaves_somebody_at_work(name: str) -> None:
    budget = of_kind("PodDisruptionBudget")[name]["spec"]["maxUnavailable"]
    assert of_kind("Deployment")[name]["spec"]["replicas"] > budget


@pytest.mark.parametrize("one", PODS, ids=named)
def test_no_pod_can_do_more_than_it_must(one: Any) -> None:
    pod = one["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container_of(one)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container_of(one)["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", OURS)
def test_our_pods_run_as_the_user_of_the_image(name: str) -> None:
    context = of_kind("Deployment")[name]["spec"]["template"]["spec"]["securityContext"]
    assert f"{context['runAsUser']}:{context['runAsGroup']}" == read_dockerfile().last("USER").text


def test_the_worker_works() -> None:
    assert container_of(of_kind("Deployment")["admitone-worker"])["args"] == ["worker"]
