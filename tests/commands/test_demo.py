"""`admitone demo`, which is what `make run` starts: as a person uses it, in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import redis

from admitone.commands.demo_seed import PEOPLE, ZONE
from admitone.domain.calendar.calendar_event import event_id
from admitone.fakegoogle.demo import ACCOUNTS
from admitone.store.redis.embedded_process import prepare_home
from tests.support.patience import PATIENCE
from tests.support.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAST_LINE = "Ctrl-C stops everything in order.\n"


def test_pages_and_calendars_of_the_demo_are_in_one_zone() -> None:
    calendars = {account.email: account.time_zone for account in ACCOUNTS}
    assert {calendars[email] for email, _, _ in PEOPLE} == {ZONE}


class Demo(NamedTuple):
    """A running demo, and what it said."""

    process: subprocess.Popen[str]
    said: str

    def paste(self, *, beginning: str) -> Any:
        """Run the commands that it printed, from the line that begins so to the next empty one."""
        found = re.search(rf"^  {re.escape(beginning)}(?:.+\n)+", self.said, re.MULTILINE)
        assert found, self.said
        done = subprocess.run(
            ["bash", "-euc", found[0]], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done
        return json.loads(done.stdout)

    def get(self, path: str) -> Any:
        """What the API answers to the key that it printed."""
        [server] = set(re.findall(r"https?://127\.0\.0\.1:\d+(?=/api/v1/links )", self.said))
        key = re.search(r"Bearer (\w+)", self.said)
        assert key
        done = subprocess.run(
            ["curl", "-sf", f"{server}/api/v1{path}", "-H", f"Authorization: Bearer {key[1]}"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return json.loads(done.stdout)

    def google(self) -> Any:
        """All that its stand-in for Google knows."""
        [address] = re.findall(r"its stand-in for Google on (\S+)", self.said)
        done = subprocess.run(
            ["curl", "-sf", f"{address}/_control/state"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return json.loads(done.stdout)

    def press_ctrl_c(self) -> int:
        """What a terminal does: SIGINT to the whole foreground group. Answers the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("ADMITONE_")}
    return inherited | {
        "ADMITONE_DATA_DIR": str(data_dir),
        "ADMITONE_PORT": str(free_port()),
        "ADMITONE_FAKEGOOGLE_PORT": str(free_port()),
        **{f"ADMITONE_{name}": text for name, text in settings.items()},
    }


@contextmanager
def running_demo(data_dir: Path, *options: str) -> Iterator[Demo]:
    """The demo, once it has said everything."""
    with (data_dir.parent / "demo.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "admitone", "demo", *options],
            env=environment(data_dir),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    try:
        said = ""
        assert process.stdout
        while not said.endswith(LAST_LINE):
            line = process.stdout.readline()
            assert line, (data_dir.parent / "demo.log").read_text()
            said += line
        yield Demo(process, said)
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=PATIENCE)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data directory; its Redis is gone afterwards, however a test ends."""
    folder = tmp_path / "data"
    yield folder
    with suppress(redis.ConnectionError):
        redis.Redis.from_url(prepare_home(folder).url).shutdown(nosave=True)


def redis_is_gone(data_dir: Path) -> bool:
    try:
        redis.Redis.from_url(prepare_home(data_dir).url).ping()
    except redis.ConnectionError:
        return True
    return False


KEPT = ("/event-types", "/booking-pages", "/links", "/bookings", "/contacts", "/workflows")


def test_what_it_prints_works_when_pasted_and_a_second_run_keeps_it(data_dir: Path) -> None:
    with running_demo(data_dir) as demo:
        link = demo.paste(beginning="curl -s -X POST")
        assert (link["status"], link["person"]) == ("active", None)
        booking = demo.paste(beginning="code=")
        assert (booking["status"], booking["person"]["name"]) == ("scheduled", "Carla Customer")
        [booked] = demo.get("/links")["items"]
        assert (booked["id"], booked["bookings"]) == (link["id"], [booking["id"]])
        key_file = data_dir / "demo-api-key"
        assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
        assert key_file.read_text().strip() in demo.said
        events = until_told(demo, booking["id"])
        before = {path: demo.get(path) for path in KEPT}
        assert demo.press_ctrl_c() == 0
        assert redis_is_gone(data_dir)

    with running_demo(data_dir) as again:
        google = again.google()
        assert sorted(events_of(google)) == sorted(events)
        assert len(google["data"]["refresh_tokens"]) == 2
        after = {path: again.get(path) for path in before}
        assert _without_addresses(after) == _without_addresses(before)
        assert again.paste(beginning="curl -s -X POST")["status"] == "active"
        assert again.paste(beginning="code=")["start"] != booking["start"]
        assert again.press_ctrl_c() == 0
    assert redis_is_gone(data_dir)


def test_it_seeds_a_workspace_to_try_things_out(data_dir: Path) -> None:
    with running_demo(data_dir) as demo:
        me = demo.get("/me")
        assert (me["email"], me["role"]) == ("admin@acme.test", "administrator")
        assert me["workspace"]["name"] == "Acme"
        assert me["connected"] == {"google": True, "calendar": True, "mail": True}
        names = [event["summary"] for event in events_of(demo.google()).values()]
        assert names.count("Team meeting") == 2
        event_types = demo.get("/event-types")["items"]
        assert sorted(each["duration_minutes"] for each in event_types) == [15, 30, 60]
        pages = demo.get("/booking-pages")["items"]
        assert len({page["owner"] for page in pages}) == len(pages) == 2
        for page in pages:
            weekly = page["schedule"]["weekly"]
            assert all(weekly[day] for day in ("mon", "tue", "wed", "thu", "fri"))
            assert sorted(page["event_types"]) == sorted(each["id"] for each in event_types)
        assert len(demo.get("/contacts")["items"]) == 3
        [workflow] = demo.get("/workflows")["items"]
        assert (workflow["status"], workflow["trigger"]["kind"]) == ("published", "manual")
        assert demo.get(f"/workflows/{workflow['id']}/runs")["items"] == []
        assert demo.press_ctrl_c() == 0
    with running_demo(data_dir, "--bookings", "20") as demo:
        assert "Seeding 20 bookings" in demo.said
        assert len(demo.get("/bookings?limit=200")["items"]) == 20
        assert len(demo.get("/links?limit=200")["items"]) == 40


def test_it_is_refused_in_production(data_dir: Path) -> None:
    settings = {
        "ENV": "production",
        "SECRET_KEY": "a:" + "A" * 43 + "=",
        "PUBLIC_URL": "https://meet.example",
    }
    done = subprocess.run(
        [sys.executable, "-m", "admitone", "demo"],
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "The demo is refused" in done.stderr
    assert not data_dir.exists()


def events_of(google: Any) -> Any:
    """The events of all calendars by id."""
    return {
        name: event
        for calendar in google["data"]["calendars"].values()
        for name, event in calendar["events"].items()
    }


def until_told(demo: Demo, booking: str) -> Any:
    """The events, once the booking is in its host's calendar and mail has been sent."""
    deadline = time.monotonic() + PATIENCE
    while True:
        google = demo.google()
        sent = [box for box in google["data"]["mailboxes"].values() if box["messages"]]
        if event_id(booking, 0) in events_of(google) and sent:
            return events_of(google)
        assert time.monotonic() < deadline, google
        time.sleep(0.1)


def _without_addresses(answers: Any) -> Any:
    """What was answered without the server's address, whose port a test chooses anew each time."""
    return json.loads(re.sub(r"http://127\.0\.0\.1:\d+", "", json.dumps(answers)))
