"""The image, as far as its files tell: what it is built from, as whom it runs, what it reads at its start."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from admitone.config import Config
from tests.support.packaging.dockerfile import DOCKERFILE, read_dockerfile
from tests.support.packaging.image import build_context, is_sent
from tests.support.packaging.wheel import SOURCE, source_files
from tests.support.server_process import ServerProcess

IMAGE = read_dockerfile()


def test_the_linter_finds_nothing() -> None:
    assert IMAGE.problems == []


def test_the_linter_looks(tmp_path: Path) -> None:
    wrong = tmp_path / "Dockerfile"
    wrong.write_text(DOCKERFILE.read_text().replace("--start-period", "--start-perod"))
    assert read_dockerfile(wrong).problems != []


def test_packages_are_those_of_the_lock_and_nothing_is_compiled() -> None:
    installs = [one.text for one in IMAGE.stages[0] if one.keyword == "RUN" and "pip install" in one.text]
    [dependencies, ours] = installs
    assert "--require-hashes --only-binary :all: -r requirements.lock" in dependencies
    assert "--no-index --no-deps --no-build-isolation ." in ours


def test_it_runs_as_nobody_of_note_and_writes_to_its_volume_only() -> None:
    assert IMAGE.last("USER").text == "10001:10001"
    assert IMAGE.last("VOLUME").words == ["/data"]
    config = Config(IMAGE.environment)
    assert config.data_dir == Path("/data")
    assert config.runtime_dir.is_relative_to("/data")


def test_nothing_but_the_images_folders_and_its_address_is_built_in() -> None:
    built_in = {name for name in IMAGE.environment if name.startswith("ADMITONE_")}
    assert built_in == {"ADMITONE_HOST", "ADMITONE_DATA_DIR", "ADMITONE_RUNTIME_DIR"}
    assert str(Config({}).port) == IMAGE.last("EXPOSE").text


def test_it_serves_and_other_commands_take_the_place_of_serve() -> None:
    assert IMAGE.last("ENTRYPOINT").words == ["tini", "--", "admitone"]
    assert IMAGE.last("CMD").words == ["serve"]


def test_the_health_check_tells_whether_the_server_answers(tmp_path: Path) -> None:
    _, *arguments = IMAGE.health_check
    server = ServerProcess(tmp_path)
    server.start()
    environment = {"ADMITONE_PORT": server.url.rpartition(":")[2]}
    try:
        subprocess.run([sys.executable, *arguments], env=environment, check=True)
    finally:
        server.stop()
    done = subprocess.run([sys.executable, *arguments], env=environment, check=False, capture_output=True)
    assert done.returncode == 1


def test_the_discovery_documents_that_are_read_stay() -> None:
    [kept] = [one.text for one in IMAGE.stages[0] if "discovery_cache" in one.text]
    sources = [path.read_text() for path in SOURCE.rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'"([a-z0-9]+\.v\d)(?:\.json)?"', text)}
    assert set(re.findall(r"! -name (\S+)\.json", kept)) == read


def test_the_context_has_the_whole_package_and_what_is_copied(tmp_path: Path) -> None:
    context = build_context(tmp_path / "context")
    server = context / "server"
    for name in source_files():
        assert (server / name).is_file(), name
    for step in IMAGE.stages[0]:
        if step.keyword == "COPY":
            assert all(list(context.glob(name)) for name in step.words[:-1]), step


@pytest.mark.parametrize(
    "name",
    [
        "data/secret.key",
        ".git/config",
        "admitone.env",
        ".env",
        "tests/conftest.py",
        "docs/rules/time.md",
        "server/admitone/__pycache__/app.pyc",
    ],
)
def test_the_context_has_nothing_else(name: str) -> None:
    assert not is_sent(name)
