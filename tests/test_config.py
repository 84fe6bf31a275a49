"""Settings: what each accepts, and what is said of the rest."""

from __future__ import annotations

import base64
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admitone.config import Config, Environment, LogFormat, SignUp
from admitone.setting import ConfigError

KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "ADMITONE_ENV": "production",
    "ADMITONE_SECRET_KEY": f"a:{KEY}",
    "ADMITONE_PUBLIC_URL": "https://book.example",
}


def config(**settings: str) -> Config:
    return Config({f"ADMITONE_{name}": text for name, text in settings.items()})


def refusal(name: str, text: str, **others: str) -> str:
    """What `problems` says of one setting with this text."""
    [problem] = config(**{name: text}, **others).problems()
    assert problem.startswith(f"ADMITONE_{name} must be ")
    return problem


def test_without_any_setting_the_defaults_hold() -> None:
    plain = config()
    assert plain.problems() == []
    assert (plain.host, plain.port, plain.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert plain.data_dir == Path.cwd() / "data"
    assert plain.redis_url is None
    assert plain.secret_key is None
    assert plain.redis_accept_data_loss is False
    assert plain.partitions == 16
    assert plain.env is Environment.DEVELOPMENT
    assert plain.sign_up is SignUp.OPEN
    assert plain.rate_limits is True
    assert plain.fakegoogle_port == 8081
    assert plain.trusted_proxies == ()
    assert plain.log_format is LogFormat.JSON


def test_an_empty_text_counts_as_unset() -> None:
    assert config(PORT="", REDIS_URL="", ENV="").problems() == []


def test_a_command_meets_errors_only_in_the_settings_that_it_reads() -> None:
    mixed = config(PORT="many", PARTITIONS="8")
    assert mixed.partitions == 8
    with pytest.raises(ConfigError, match="ADMITONE_PORT must be a whole number from 0 to 65535"):
        _ = mixed.port


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        config(PORT="many", ENV="prod", SIGN_UP="closed").demand_all()
    assert str(caught.value).splitlines() == [
        "ADMITONE_ENV must be one of development, test, production.",
        "ADMITONE_PORT must be a whole number from 0 to 65535.",
        "ADMITONE_SIGN_UP must be one of open, domains, invited.",
    ]


def test_settings_do_not_change() -> None:
    plain = config()
    with pytest.raises(AttributeError):
        plain.port = 1


def test_what_looks_like_a_setting_and_is_none_is_found() -> None:
    environment = {
        "ADMITONE_PROT": "1",
        "ADMITONE_PORT_FILE": "x",
        "ADMITONE_SECRET_KEY_FILE": "x",
        "HOME": "/",
    }
    assert Config(environment).unknown() == ["ADMITONE_PORT_FILE", "ADMITONE_PROT"]


@pytest.mark.parametrize("text", ["-1", "65536", "80.0", "٣", " 80", "1e3", "0x50", "999999999999"])
def test_a_port_is_a_number_up_to_65535(text: str) -> None:
    refusal("PORT", text, PUBLIC_URL="https://book.example")


@pytest.mark.parametrize("text", ["0", "1025"])
def test_there_are_1_to_1024_partitions(text: str) -> None:
    refusal("PARTITIONS", text)
    assert config(PARTITIONS="1").partitions == 1
    assert config(PARTITIONS="1024").partitions == 1024


def test_addresses_of_the_extension_stay_as_they_are_written() -> None:
    chrome, firefox = "https://abc.chromiumapp.org/", "https://abc.extensions.allizom.org/in?a=b"
    assert config().extension_redirect_uris == ()
    assert config(EXTENSION_REDIRECT_URIS=f"{chrome}, {firefox}").extension_redirect_uris == (chrome, firefox)


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "http://abc.test/",
        "https://abc.chromiumapp.org",
        "https:///in",
        "https://abc.test/#in",
        "https://somebody@abc.test/",
        "https://abc.test\\@evil.test/",
        "https://[abc/",
        "https://ä.test/",
        "chrome-extension://abc/",
    ],
)
def test_other_addresses_of_the_extension_are_refused(text: str) -> None:
    assert "https://abc.chromiumapp.org/" in refusal("EXTENSION_REDIRECT_URIS", text)


@pytest.mark.parametrize("text", ["a b", "-host", "host/path", "[::1]", "http://host"])
def test_a_host_is_an_address_or_a_name(text: str) -> None:
    assert "host name" in refusal("HOST", text, PUBLIC_URL="https://book.example")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://book.example", "https://book.example"),
        ("https://Book.Example/", "https://book.example"),
        ("https://book.example:8443", "https://book.example:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.8.8.8", "http://127.8.8.8"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_public_address_is_https_or_on_loopback(text: str, url: str) -> None:
    assert config(PUBLIC_URL=text).public_url == url


@pytest.mark.parametrize(
    "text",
    [
        "http://book.example",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        "book.example",
        "https://",
        "https://book.example/path",
        "https://book.example?x",
        "https://book.example#x",
        "https://user@book.example",
        "https://book.example:port",
        "https://book.example:99999",
        "https://book example",
        "https://[::1",
        "https:\\\\book.example",
        "https://bücher.example",
    ],
)
def test_any_other_public_address_is_refused(text: str) -> None:
    assert "https://HOST" in refusal("PUBLIC_URL", text)


@given(st.text())
def test_no_text_is_too_odd_for_a_public_address(text: str) -> None:
    try:
        url = config(PUBLIC_URL=text).public_url
    except ConfigError:
        return
    assert url.startswith(("https://", "http://"))
    assert not url.endswith("/")


def test_the_default_public_address_follows_host_and_port() -> None:
    assert config(HOST="::1", PORT="9000").public_url == "http://[::1]:9000"
    assert config(HOST="localhost").public_url == "http://localhost:8080"


def test_listening_for_others_needs_a_public_address() -> None:
    [problem] = config(HOST="0.0.0.0").problems()  # noqa: S104
    assert problem.startswith("ADMITONE_PUBLIC_URL must be set where ADMITONE_HOST is 0.0.0.0")
    assert config(HOST="0.0.0.0", PUBLIC_URL="https://book.example").problems() == []  # noqa: S104


def test_a_free_port_needs_a_public_address() -> None:
    assert config(PORT="0").problems() == ["ADMITONE_PUBLIC_URL must be set where ADMITONE_PORT is 0."]


def test_trusted_proxies_are_networks() -> None:
    given_networks = config(TRUSTED_PROXIES="10.0.0.0/8, ::1,").trusted_proxies
    assert given_networks == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    refusal("TRUSTED_PROXIES", "10.0.0.1/8")
    refusal("TRUSTED_PROXIES", "proxy")


def test_the_data_directory_is_an_absolute_path_and_no_file(tmp_path: Path) -> None:
    assert config(DATA_DIR=str(tmp_path / "new")).data_dir == tmp_path / "new"
    assert config(DATA_DIR="here").data_dir == Path.cwd() / "here"
    (tmp_path / "file").touch()
    refusal("DATA_DIR", str(tmp_path / "file"))


def test_the_embedded_server_must_be_a_program(tmp_path: Path) -> None:
    program = tmp_path / "valkey-server"
    assert config().redis_server is None
    refusal("REDIS_SERVER", str(program))
    program.touch(mode=0o600)
    refusal("REDIS_SERVER", str(program))
    refusal("REDIS_SERVER", str(tmp_path))
    program.chmod(0o700)
    assert config(REDIS_SERVER=str(program)).redis_server == program


def test_memory_is_said_as_in_redis_conf() -> None:
    assert config().redis_maxmemory is None
    assert config(REDIS_MAXMEMORY="16mb").redis_maxmemory == 16 * 1024**2
    assert config(REDIS_MAXMEMORY="2GB").redis_maxmemory == 2 * 1024**3
    for text in ("15mb", "0gb", "512", "512m", "-1gb", "60%"):
        refusal("REDIS_MAXMEMORY", text)


@pytest.mark.parametrize("scheme", ["redis", "rediss", "redis+sentinel", "unix"])
def test_redis_has_an_address(scheme: str) -> None:
    assert config(REDIS_URL=f"{scheme}://x").redis_url == f"{scheme}://x"


@pytest.mark.parametrize("text", ["localhost:6379", "http://x", "redis-cluster://x"])
def test_another_kind_of_redis_is_refused(text: str) -> None:
    refusal("REDIS_URL", text)


def test_secret_keys_keep_their_order() -> None:
    other = base64.b64encode(bytes(32)).decode()
    keys = config(SECRET_KEY=f"new:{KEY}, old:{other}").secret_key
    assert keys is not None
    assert list(keys.items()) == [("new", bytes(range(32))), ("old", bytes(32))]


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f":{KEY}",
        f"{'a' * 13}:{KEY}",
        f"a:{KEY},a:{KEY}",
        "a:",
        "a:AAAA",
        f"a:{KEY}!",
        f"a:{KEY},",
        f"a.b:{KEY}",
        "a:é",
    ],
)
def test_a_secret_key_that_is_none_is_refused_and_not_repeated(text: str) -> None:
    problem = refusal("SECRET_KEY", text)
    assert "openssl rand -base64 32" in problem
    assert KEY not in problem


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"a:{KEY}\n")
    assert config(SECRET_KEY_FILE=str(file)).secret_key == {"a": bytes(range(32))}


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    [missing] = config(SECRET_KEY_FILE=str(tmp_path / "none")).problems()
    assert missing.startswith("ADMITONE_SECRET_KEY_FILE names ")
    (tmp_path / "empty").touch()
    [empty] = config(SECRET_KEY_FILE=str(tmp_path / "empty")).problems()
    assert empty.endswith("which is empty.")
    (tmp_path / "bytes").write_bytes(b"\xff")
    [binary] = config(SECRET_KEY_FILE=str(tmp_path / "bytes")).problems()
    assert binary.endswith("it is not text.")


def test_a_secret_is_given_once() -> None:
    [problem] = config(SECRET_KEY=f"a:{KEY}", SECRET_KEY_FILE="/x").problems()
    assert problem == "ADMITONE_SECRET_KEY and ADMITONE_SECRET_KEY_FILE are both set; set one of them."


def test_production_needs_a_secret_key_and_limits() -> None:
    assert Config(PRODUCTION).problems() == []
    assert Config(PRODUCTION).sign_up is SignUp.INVITED
    [keyless] = config(ENV="production", PUBLIC_URL="https://book.example").problems()
    assert keyless.startswith("ADMITONE_SECRET_KEY must be set in production")
    [unlimited] = Config({**PRODUCTION, "ADMITONE_RATE_LIMITS": "off"}).problems()
    assert unlimited == "ADMITONE_RATE_LIMITS must be on in production."
    assert config(RATE_LIMITS="off", ENV="test").rate_limits is False


def test_production_needs_an_https_address() -> None:
    nowhere = {name: text for name, text in PRODUCTION.items() if name != "ADMITONE_PUBLIC_URL"}
    [unset] = Config(nowhere).problems()
    assert unset.startswith("ADMITONE_PUBLIC_URL must be set in production")
    [plain] = Config({**PRODUCTION, "ADMITONE_PUBLIC_URL": "http://127.0.0.1:8080"}).problems()
    assert plain.startswith("ADMITONE_PUBLIC_URL must be an https:// address in production")


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:8081", "https://google.example"])
def test_production_signs_in_at_google_only(elsewhere: str) -> None:
    [problem] = Config({**PRODUCTION, "ADMITONE_GOOGLE_ENDPOINT": elsewhere}).problems()
    assert problem.startswith("ADMITONE_GOOGLE_ENDPOINT must be unset in production")
    assert config(ENV="test", GOOGLE_ENDPOINT=elsewhere).google_endpoint == elsewhere


@pytest.mark.parametrize(
    "name", ["ENV", "SIGN_UP", "RATE_LIMITS", "REDIS_ACCEPT_DATA_LOSS", "LOG_FORMAT", "FAKEGOOGLE_PORT"]
)
def test_a_word_that_is_no_choice_is_refused(name: str) -> None:
    refusal(name, "maybe")


def test_a_folder_that_cannot_be_looked_at_is_left_to_its_user() -> None:
    text = f"/{'x' * 300}"  # longer than a name may be: the system refuses to look, as in a closed folder
    assert Config({"ADMITONE_DATA_DIR": text}).data_dir == Path(text)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="must be a folder"):
        _ = Config({"ADMITONE_DATA_DIR": str(tmp_path / "file")}).data_dir
