"""Every setting of Admit One, each declared once. Nothing else in the package reads the environment."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Self

from admitone import setting_values as values
from admitone.domain.people.email_address import normalise_email
from admitone.mail.smtp_url import smtp_server
from admitone.setting import ConfigError, Setting, SettingsBase


class Environment(StrEnum):
    """What the deployment is for."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class SignUp(StrEnum):
    """Who may create a workspace by signing in."""

    OPEN = "open"
    DOMAINS = "domains"
    INVITED = "invited"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    JSON = "json"
    CONSOLE = "console"


def _loopback_url(config: Config) -> str:
    if config.env is Environment.PRODUCTION:
        raise ConfigError(
            "ADMITONE_PUBLIC_URL must be set in production: the https:// address at which browsers reach "
            "this server."
        )
    if not config.port:
        raise ConfigError("ADMITONE_PUBLIC_URL must be set where ADMITONE_PORT is 0.")
    try:
        return values.public_url(f"http://{values.address_in_url(config.host, config.port)}")
    except ValueError as error:
        raise ConfigError(
            f"ADMITONE_PUBLIC_URL must be set where ADMITONE_HOST is {config.host}: to {error}."
        ) from None


def _without_secret_key(config: Config) -> None:
    if config.env is Environment.PRODUCTION:
        raise ConfigError(
            "ADMITONE_SECRET_KEY must be set in production: an id, a colon and the output of "
            "`openssl rand -base64 32`."
        )


def _without_client_secret(config: Config) -> None:
    if config.google_client_id is not None:
        raise ConfigError("ADMITONE_GOOGLE_CLIENT_SECRET must be set where ADMITONE_GOOGLE_CLIENT_ID is.")


def _without_service_account(config: Config) -> None:
    if config.addon_client_id is not None:
        raise ConfigError("ADMITONE_ADDON_SERVICE_ACCOUNT must be set where ADMITONE_ADDON_CLIENT_ID is.")


def _limited_in_production(config: Config, on: bool) -> None:
    if not on and config.env is Environment.PRODUCTION:
        raise ValueError("on in production")


def _mail_address(text: str) -> str:
    address = normalise_email(text, test_addresses=True)
    if address is None or not address.isascii():
        raise ValueError("an email address such as bookings@example.com, in ASCII")
    return address


def _without_mail_from(config: Config) -> None:
    if config.smtp_url is not None:
        raise ConfigError("ADMITONE_MAIL_FROM must be set where ADMITONE_SMTP_URL is.")


def _https_in_production(config: Config, url: str) -> None:
    if config.env is Environment.PRODUCTION and not url.startswith("https:"):
        raise ValueError("an https:// address in production")


def _google_in_production(config: Config, _: str | None) -> None:
    if config.env is Environment.PRODUCTION:
        raise ValueError("unset in production: people sign in with Google itself")


def _never_in_production(config: Config, on: bool) -> None:
    if on and config.env is Environment.PRODUCTION:
        raise ValueError("no in production")


class Config(SettingsBase):
    """The settings. Each is validated when it is first read; `problems()` validates all of them."""

    env = Setting(
        values.one_of(Environment),
        "development",
        "What this deployment is for: `development`, `test` or `production`. Production demands a secret "
        "key and refuses what is meant for trying things out.",
    )
    host = Setting(values.host, "127.0.0.1", "The address to listen on; `0.0.0.0` for all of them.")
    port = Setting(values.between(0, 65535), "8080", "The port to listen on; `0` takes any that is free.")
    public_url = Setting(
        values.public_url,
        _loopback_url,
        "The address at which browsers reach this server, as it stands in links: `https://`, or `http://` "
        "on a loopback address only, and never in production. Without a path.",
        default_doc="required in production; else `http://` with ADMITONE_HOST and ADMITONE_PORT",
        check=_https_in_production,
    )
    trusted_proxies = Setting(
        values.networks,
        "",
        "Comma-separated networks (`10.0.0.0/8`) of the proxies whose `X-Forwarded-For` is trusted. "
        "None is by default: behind a proxy, all its clients then count as one network.",
    )
    data_dir = Setting(
        values.folder,
        "./data",
        "The folder of the embedded server and of the generated secret key; it is created when needed.",
    )
    runtime_dir = Setting(
        values.folder,
        "/tmp",  # noqa: S108  - the owner of the folder in it is checked
        "Where the embedded server's socket is, in a folder `admitone-<uid>`. It must be the same for all "
        "processes on the data. Change it where `/tmp` is private to a service, or cannot be written.",
    )
    redis_url = Setting(
        values.redis_url,
        lambda _: None,
        "The Redis or Valkey that holds all data: `redis://`, `rediss://`, `redis+sentinel://`, "
        "`redis+cluster://`, `rediss+cluster://` or `unix://`. Without it, Admit One runs its own Valkey in "
        "the data directory.",
        default_doc="an embedded Valkey",
        secret=True,
    )
    redis_server = Setting(
        values.program,
        lambda _: None,
        "The path of another program for the embedded server: a `valkey-server` or a `redis-server`, 6.2 or "
        "newer, that can read what lies in the data directory.",
        default_doc="the Valkey that comes with Admit One",
    )
    redis_maxmemory = Setting(
        values.memory,
        lambda _: None,
        "How much memory the embedded server may use for data, such as `512mb` or `2gb`, at least `16mb`. "
        "When it is full, writes are refused, and nothing is lost.",
        default_doc="60 % of the machine's memory, or of the cgroup's limit if that is smaller",
    )
    redis_accept_data_loss = Setting(
        values.yes_or_no,
        "no",
        "`yes` starts on a Redis that is set up to lose data (no append-only file, `appendfsync` other "
        "than `always`, or eviction). Acknowledged bookings may then disappear.",
    )
    redis_replicas = Setting(
        values.between(0, 10),
        "0",
        "How many replicas of Redis must have a write before it is answered; else it is `outcome-unknown`.",
    )
    partitions = Setting(
        values.between(1, 1024),
        "16",
        "Into how many parts the keys are laid out, 1 to 1024. Fixed at the first start on a Redis.",
    )
    secret_key = Setting(
        values.secret_keys,
        _without_secret_key,
        "The keys that seal what Redis holds: `id:base64,…`, each 32 bytes. The first seals, all open. "
        "Keep it: without it, sealed data is lost. Make one with `openssl rand -base64 32`.",
        default_doc="required in production; else a file in the data directory",
        secret=True,
    )
    sign_up = Setting(
        values.one_of(SignUp),
        lambda config: SignUp.INVITED if config.env is Environment.PRODUCTION else SignUp.OPEN,
        "Who may create a workspace by signing in: `open` (anybody), `domains` (Google Workspace domains) "
        "or `invited` (nobody). Users, and colleagues of a domain that has a workspace, sign in under each.",
        default_doc="invited in production, else open",
    )
    google_client_id = Setting(
        values.text,
        lambda _: None,
        "The OAuth client of your Google Cloud project, by which people sign in. Its authorised redirect "
        "address is `<ADMITONE_PUBLIC_URL>/auth/google/callback`.",
        default_doc="none: nobody can sign in",
    )
    google_client_secret = Setting(
        values.text, _without_client_secret, "The secret of that client.", default_doc="none", secret=True
    )
    addon_client_id = Setting(
        values.text,
        lambda _: None,
        "The OAuth client of the Google Workspace add-on's deployment (`oauthClientId`), for which the id "
        "tokens of its users are made. `docs/addon.md` says where it is shown.",
        default_doc="none: there is no add-on",
    )
    addon_service_account = Setting(
        _mail_address,
        _without_service_account,
        "The service account of that deployment (`serviceAccountEmail`), as which Google calls `/addon`.",
        default_doc="none",
    )
    google_endpoint = Setting(
        values.public_url,
        lambda _: None,
        "Another server that answers in Google's place, such as the local stand-in. Refused in production.",
        default_doc="Google's own",
        check=_google_in_production,
    )
    calendar_cache_seconds = Setting(
        values.between(1, 3600),
        "60",
        "For how many seconds, 1 to 3600, times are offered from what Google last said of a host's "
        "calendars. Booking asks anew.",
    )
    calendar_grace_seconds = Setting(
        values.between(0, 86400),
        "900",
        "For how many seconds, 0 to 86400, bookings go on by what Google last said while it cannot be "
        "reached. After that they are refused until it can.",
    )
    calendar_sync_seconds = Setting(
        values.between(30, 86_400),
        "300",
        "How often a host's calendar is read, in seconds from 30 to 86400, where the workspace lets bookings "
        "follow their events.",
    )
    smtp_url = Setting(
        smtp_server,
        lambda _: None,
        "The server that sends mail where a host's Gmail does not: `smtps://USER:PASSWORD@HOST:465`, or "
        "`smtp://…:587`, which begins TLS first. Without TLS on a loopback address only.",
        default_doc="none: only hosts' Gmail sends",
        secret=True,
    )
    mail_from = Setting(
        _mail_address,
        _without_mail_from,
        "The address that this server sends from; answers go to the host.",
        default_doc="none; required where ADMITONE_SMTP_URL is set",
    )
    worker = Setting(
        values.on_or_off,
        "on",
        "`off` leaves jobs (calendars, mails, webhooks) to `admitone worker`; by default the server does "
        "them as well.",
    )
    take_over_seconds = Setting(
        values.between(1, 3600),
        "30",
        "For how many seconds, 1 to 3600, a worker may be silent about a job before others take it over. The "
        "same for all workers.",
    )
    webhooks_to_loopback = Setting(
        values.yes_or_no,
        "no",
        "`yes` lets webhooks reach this machine's own addresses, for trying them out. Refused in production.",
        check=_never_in_production,
    )
    extension_redirect_uris = Setting(
        values.redirect_uris,
        "",
        "Comma-separated addresses to which `/oauth/authorize` may send the browser extension back, besides "
        "those of the published one: `https://<extension id>.chromiumapp.org/` for one from a store, "
        "or one that you packed yourself.",
    )
    rate_limits = Setting(
        values.on_or_off,
        "on",
        "`off` lifts the limits on requests and connections, for load tests. Refused in production.",
        check=_limited_in_production,
    )
    connections_per_address = Setting(
        values.between(1, 1_000_000),
        "100",
        "How many connections one IPv4 address, or one IPv6 network of 64 bits, may have open; further ones "
        "are closed at once. Trusted proxies are not counted.",
    )
    connections = Setting(
        values.between(10, 1_000_000),
        "800",
        "How many connections may be open in all. Each is an open file of this process: allow it some 200 "
        "more (`ulimit -n`).",
    )
    processes = Setting(
        values.processes,
        "1",
        "By how many processes `admitone serve` answers, 1 to 64, or `auto`: one for each core. One of them "
        "does the jobs. Limits on connections are divided among them.",
    )
    fakegoogle_port = Setting(
        values.between(0, 65535),
        "8081",
        "The port of the local stand-in for Google, which the demonstration runs.",
    )
    metrics_networks = Setting(
        values.networks,
        "127.0.0.0/8,::1",
        "Comma-separated networks to which `/metrics` answers; to others, and to those whose address a proxy "
        "hides, it does not exist.",
    )
    log_format = Setting(
        values.one_of(LogFormat), "json", "`json` writes one object a line, `console` lines for people."
    )

    def divided(self, limit: int) -> int:
        """The part of a limit that each process of the server has, at least 1."""
        return -(-limit // self.processes)

    @classmethod
    def from_environment(cls) -> Self:
        """The settings that this process was started with."""
        return cls(os.environ)
