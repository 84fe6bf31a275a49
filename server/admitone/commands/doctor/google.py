"""The doctor looks at Google: whether it accepts the client, and whether its clock is ours."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp

from admitone import app
from admitone.commands.doctor.finding import doubtful, well, wrong
from admitone.google.endpoints import google_endpoints
from admitone.google.errors import GoogleRefused, GoogleUnreachable
from admitone.google.http import send
from admitone.google.id_token import CLOCK_SKEW_SECONDS
from admitone.google.sign_in import new_attempt
from admitone.web.oauth.google_client import CALLBACK

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.config import Config

ABOUT = "Google"
CLOCK = "Clock"
NO_CODE = "none"
"""No authorization code. Google checks the client first, so the error tells whether it accepts that."""


async def look_at_google(config: Config) -> list[Finding]:
    """Ask Google for tokens with a code that does not exist: only a right client gets `invalid_grant`."""
    redirect = f"{config.public_url}{CALLBACK}"
    async with app.google_sign_in(config) as google:
        if google is None:
            return [
                doubtful(
                    ABOUT,
                    "No OAuth client is set: nobody can sign in, or connect a calendar or Gmail.",
                    "docs/sign-in.md leads through setting one up.",
                )
            ]
        try:
            await google.identify(NO_CODE, new_attempt(), redirect)
        except GoogleUnreachable as error:
            return [wrong(ABOUT, f"Google cannot be reached ({error.reason}).", "Let this machine call it.")]
        except GoogleRefused as refusal:
            return [_told(refusal.reason, redirect)]
    raise AssertionError("a code that does not exist was accepted")


def _told(reason: str, redirect: str) -> Finding:
    if reason == "invalid_grant":
        return well(ABOUT, f"Google knows the client. Its redirect addresses must include {redirect}.")
    if reason == "redirect_uri_mismatch":
        return wrong(ABOUT, f"{redirect} is not registered.", "Add it to the client's redirect addresses.")
    return wrong(
        ABOUT,
        f"Google does not accept the client ({reason}).",
        "Copy ADMITONE_GOOGLE_CLIENT_ID and ADMITONE_GOOGLE_CLIENT_SECRET from the Google Cloud console.",
    )


async def look_at_clock(config: Config) -> list[Finding]:
    """Compare this machine's clock with Google's, which signs the time into id tokens."""
    if config.google_client_id is None:
        return [well(CLOCK, "Not compared: without a Google client, the doctor knows no other clock.")]
    async with aiohttp.ClientSession() as http:
        try:
            # An empty request is refused, but no cache answers a POST with the time of some hours ago.
            answer = await send(http, "POST", google_endpoints(config.google_endpoint).token, form={})
            theirs = parsedate_to_datetime(answer.headers["Date"]).timestamp()
        except (GoogleUnreachable, KeyError, ValueError):
            return [doubtful(CLOCK, "Not compared: Google's could not be read.", "Reach Google first.")]
    apart = round(abs(time.time() - theirs))
    if apart > CLOCK_SKEW_SECONDS:
        return [
            wrong(
                CLOCK,
                f"This machine's clock is {apart} seconds apart from Google's: signing in fails.",
                "Let the system set it (`timedatectl set-ntp true`).",
            )
        ]
    return [well(CLOCK, f"This machine's clock is within {CLOCK_SKEW_SECONDS} seconds of Google's.")]
