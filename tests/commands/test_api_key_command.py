"""`admitone api-key create`."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from admitone.cli import main
from tests.support.api.calling import Api, answered, refused
from tests.support.patience import PATIENCE
from tests.support.server_process import SECRET_KEY, ServerProcess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.api.deployment import Deployment

KEY = re.compile(r"([0-9A-HJKMNP-TV-Z]{40})\n")


@pytest.fixture
def environment(redis_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of the command, on the server's Redis."""
    return {
        "ADMITONE_REDIS_URL": redis_url,
        "ADMITONE_SECRET_KEY": SECRET_KEY,
        "ADMITONE_DATA_DIR": str(tmp_path),
    }


async def run(environment: dict[str, str], *options: str) -> Result:
    """Run the command; it has an event loop of its own."""
    arguments = ["api-key", "create", *options]
    return await asyncio.to_thread(CliRunner().invoke, main, arguments, env=environment)


async def key_of(environment: dict[str, str], *options: str) -> str:
    """The key that the command prints, and nothing besides."""
    done = await run(environment, *options)
    assert (done.exit_code, done.stderr) == (0, "")
    found = KEY.fullmatch(done.stdout)
    assert found, done.stdout
    return found[1]


async def who(deployment: Deployment, key: str) -> Any:
    """Whom the key acts for."""
    return answered(await Api(deployment.http, deployment.url, key).get("/me"))


async def test_it_makes_the_first_user_and_their_workspace(
    deployment: Deployment, environment: dict[str, str]
) -> None:
    key = await key_of(environment, "--user", "Ada@Acme.test", "--label", "CRM", "--create-user")
    me = await who(deployment, key)
    assert (me["email"].casefold(), me["role"], me["workspace"]["name"]) == (
        "ada@acme.test",
        "administrator",
        "Acme",
    )


async def test_later_users_of_a_domain_join_its_workspace(
    deployment: Deployment, environment: dict[str, str]
) -> None:
    async def made(email: str, *options: str) -> Any:
        return await who(
            deployment, await key_of(environment, "--user", email, "--label", "x", "--create-user", *options)
        )

    first = await made("ada@acme.test", "--role", "member")
    assert first["role"] == "administrator", "somebody must be able to set the workspace up"
    second, third = await made("bob@acme.test"), await made("cleo@acme.test", "--role", "administrator")
    assert [second["role"], third["role"]] == ["member", "administrator"]
    other = await made("ada@other.test")
    gmail = [await made("ada@gmail.com"), await made("bob@gmail.com")]
    workspaces = [me["workspace"]["id"] for me in (first, second, third, other, *gmail)]
    assert workspaces[0] == workspaces[1] == workspaces[2]
    assert len(set(workspaces)) == 4


async def test_a_user_that_there_is_stays_as_they_are(
    deployment: Deployment, environment: dict[str, str]
) -> None:
    create = ("--create-user", "--role", "member")
    first = await key_of(environment, "--user", "ada@acme.test", "--label", "one", "--create-user")
    second = await key_of(environment, "--user", "ADA@acme.test", "--label", "two", *create)
    third = await key_of(environment, "--user", "ada@acme.test", "--label", "three")
    assert len({first, second, third}) == 3
    everybody = [await who(deployment, key) for key in (first, second, third)]
    assert everybody[0] == everybody[1] == everybody[2]
    assert everybody[0]["role"] == "administrator"


async def test_a_key_may_be_for_reading_only(deployment: Deployment, environment: dict[str, str]) -> None:
    options = ("--user", "ada@acme.test", "--label", "x", "--create-user", "--scope", "links:read")
    api = Api(deployment.http, deployment.url, await key_of(environment, *options))
    answered(await api.get("/me"))
    answered(await api.get("/links"))
    refused(await api.post("/event-types", {}), 403, "scope-missing")


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--user", "ada@acme.test", "--label", "x"], 1, "There is no user with the address ada@acme.test."),
        (["--user", "ada", "--label", "x"], 1, "Enter a valid email address"),
        (["--user", "ada", "--label", "x", "--create-user"], 1, "Enter a valid email address"),
        (["--user", "ada@acme.test", "--label", " ", "--create-user"], 1, "label: This field is required."),
        (["--user", "ada@acme.test", "--label", "a\nb", "--create-user"], 1, "Line breaks"),
        (["--user", "ada@acme.test"], 2, "--label"),
        (["--label", "x"], 2, "--user"),
        (["--user", "ada@acme.test", "--label", "x", "--role", "member"], 2, "--create-user"),
        (["--user", "ada@acme.test", "--label", "x", "--create-user", "--role", "owner"], 2, "owner"),
        (["--user", "ada@acme.test", "--label", "x", "--scope", "read"], 2, "links:read"),
        (["--user", "ada@acme.test", "--label", "x", "--expires-in-days", "0"], 2, "0 is not in the range"),
    ],
)
async def test_what_cannot_be_done_is_said_on_standard_error(
    environment: dict[str, str], options: list[str], status: int, said: str
) -> None:
    done = await run(environment, *options)
    assert (done.exit_code, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


async def test_simultaneous_commands_make_one_user(
    deployment: Deployment, environment: dict[str, str]
) -> None:
    options = ["--user", "ada@acme.test", "--label", "x", "--create-user"]
    commands = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "admitone", "api-key", "create", *options),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    done = [(command, *await command.communicate()) for command in commands]
    keys = [out.decode().strip() for command, out, _ in done if command.returncode == 0]
    assert keys, done
    assert len({(await who(deployment, key))["id"] for key in keys}) == 1
    for command, out, err in done:
        if command.returncode != 0:
            assert (out, b"Traceback" in err) == (b"", False)


def test_it_works_with_and_without_a_running_server(tmp_path: Path) -> None:
    """On the embedded server: the key that was made before the server started works, and so does another."""
    server = ServerProcess(tmp_path)
    ada = ["--user", "ada@acme.test"]

    def create(label: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "admitone", "api-key", "create", "--create-user", *ada, "--label", label],
            env={f"ADMITONE_{name}": text for name, text in server.settings.items()},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        found = KEY.fullmatch(done.stdout)
        assert found, done
        return found[1]

    def email(key: str) -> str:
        done = subprocess.run(
            ["curl", "-sf", f"{server.url}/api/v1/me", "-H", f"Authorization: Bearer {key}"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    before = create("before")
    server.start()
    try:
        during = create("during")
        assert "ada@acme.test" in email(before)
        assert email(before) == email(during)
    finally:
        assert server.stop() == 0
