"""Logos and photos: uploaded by the API, kept under keys of their own, served as pictures only."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PIL import Image

from admitone.domain.picture import MOST_BYTES
from admitone.web.routes import PICTURE
from tests.support.api.calling import answered, refused
from tests.support.factories import WORKSPACE
from tests.support.pictures.made import SECRET, SVG, a_picture, a_png_bomb, noise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.api.calling import Api, Reply
    from tests.support.api.deployment import Deployment

LOGO, PHOTO = "/settings/logo", "/me/photo"
BOTH = pytest.mark.parametrize("path", [LOGO, PHOTO])


@pytest.fixture
async def admin(deployment: Deployment) -> Api:
    """An administrator."""
    return await deployment.user("administrator")


async def put(api: Api, path: str, data: bytes, content_type: str = "image/png") -> Reply:
    """Upload a picture."""
    return await api.call("PUT", path, data=BytesIO(data), content_type=content_type)


class Fetched(NamedTuple):
    """An answer."""

    status: int
    headers: Mapping[str, str]
    data: bytes


async def fetch(at: Deployment, url: str, method: str = "GET", **headers: str) -> Fetched:
    """Ask for a picture by its public address."""
    path = url.removeprefix("http://127.0.0.1:8080")
    async with at.http.request(method, at.url + path, headers=headers) as answer:
        return Fetched(answer.status, answer.headers, await answer.read())


async def keys(at: Deployment) -> set[str]:
    """The ids of the pictures that are stored."""
    start = at.store.keys(WORKSPACE).media("")
    return {key.decode().removeprefix(start) async for key in at.store.client.scan_iter(f"{start}*")}


async def test_a_logo_and_a_photo_are_shown_where_they_were_set(deployment: Deployment, admin: Api) -> None:
    assert (await admin.get("/settings")).body["logo"] is None
    assert (await admin.get("/me")).body["photo"] is None
    logo = answered(await put(admin, LOGO, a_picture(size=(1600, 400))))
    photo = answered(await put(admin, PHOTO, a_picture("JPEG"), "image/jpeg"))
    assert (await admin.get("/settings")).body["logo"] == logo
    assert (await admin.get("/me")).body["photo"] == photo
    assert (logo["width"], logo["height"]) == (320, 80)
    assert (photo["width"], photo["height"]) == (192, 192)
    assert await keys(deployment) == {one["url"].rpartition("/")[2] for one in (logo, photo)}


async def test_other_settings_leave_pictures_alone(admin: Api) -> None:
    logo = answered(await put(admin, LOGO, a_picture()))
    assert answered(await admin.patch("/settings", {"name": "Other"}))["logo"] == logo
    refused(await admin.patch("/settings", {"logo": None}), 422, "invalid", "logo")


async def test_a_picture_is_served_as_one_and_kept_for_good(deployment: Deployment, admin: Api) -> None:
    logo = answered(await put(admin, LOGO, a_picture()))
    answer = await fetch(deployment, logo["url"])
    data = answer.data
    assert Image.open(BytesIO(data), formats=["WEBP"]).size == (logo["width"], logo["height"])
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; frame-ancestors")
    head = await fetch(deployment, logo["url"], "HEAD")
    assert (head.status, head.headers["Content-Length"], head.data) == (200, str(len(data)), b"")
    again = await fetch(deployment, logo["url"], **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.data) == (304, b"")
    other = await fetch(deployment, logo["url"], **{"If-None-Match": '"another"'})
    assert other.status == 200


@BOTH
async def test_what_is_replaced_or_removed_is_gone_at_once(
    deployment: Deployment, admin: Api, path: str
) -> None:
    first = answered(await put(admin, path, a_picture()))
    second = answered(await put(admin, path, a_picture()))
    assert first["url"] != second["url"]
    assert (await fetch(deployment, first["url"])).status == 404
    assert (await fetch(deployment, second["url"])).status == 200
    for _ in range(2):  # removing nothing changes nothing
        assert (await admin.delete(path)).status == 204
    assert (await fetch(deployment, second["url"])).status == 404
    assert await keys(deployment) == set()


async def test_a_revalidation_of_what_is_gone_is_answered_404(deployment: Deployment, admin: Api) -> None:
    logo = answered(await put(admin, LOGO, a_picture()))
    etag = (await fetch(deployment, logo["url"])).headers["ETag"]
    await admin.delete(LOGO)
    assert (await fetch(deployment, logo["url"], **{"If-None-Match": etag})).status == 404


@pytest.mark.parametrize(
    "name", ["x", "0abc" + "0" * 16, "0ABC" + "0" * 16, "zzzz" + "u" * 16, "config", "%00", "..%2fconfig"]
)
async def test_other_addresses_of_pictures_are_answered_404(deployment: Deployment, name: str) -> None:
    assert (await fetch(deployment, f"/media/{name}")).status == 404


async def test_an_address_in_capitals_is_another_one(deployment: Deployment, admin: Api) -> None:
    logo = answered(await put(admin, LOGO, a_picture()))
    base, _, name = logo["url"].rpartition("/")
    assert (await fetch(deployment, f"{base}/{name.upper()}")).status == 404


@pytest.mark.parametrize(
    ("data", "content_type", "status", "code"),
    [
        (SVG, "image/svg+xml", 415, "no-picture"),
        (SVG, "image/png", 415, "no-picture"),
        (b"<script>", "text/html", 415, "no-picture"),
        (b"{}", "application/json", 415, "no-picture"),
        (b"", "image/png", 415, "no-picture"),
        (noise((99, 99))[:9000], "image/png", 422, "picture-damaged"),
        (a_png_bomb(10_000, 10_000), "image/png", 413, "picture-too-large"),
        (a_png_bomb(1, 60_000), "image/png", 413, "picture-too-large"),
        (bytes(PICTURE.body + 1), "image/png", 413, "body-too-large"),
    ],
)
async def test_what_is_no_picture_to_show_is_refused(
    deployment: Deployment, admin: Api, data: bytes, content_type: str, status: int, code: str
) -> None:
    refused(await put(admin, LOGO, data, content_type), status, code)
    assert await keys(deployment) == set()


async def test_50_megabytes_are_refused_before_they_are_read(admin: Api) -> None:
    try:
        refused(await put(admin, LOGO, bytes(50_000_000)), 413, "body-too-large")
    except (ConnectionError, OSError):  # the answer may be lost where the client goes on sending
        assert (await admin.get("/settings")).body["logo"] is None


async def test_the_content_type_may_be_wrong_about_a_picture(admin: Api) -> None:
    answered(await put(admin, LOGO, a_picture("JPEG"), "image/png"))
    answered(await put(admin, LOGO, a_picture("GIF"), "application/octet-stream"))


async def test_only_our_own_pixels_are_served(deployment: Deployment, admin: Api) -> None:
    hostile = a_picture("JPEG", comment=SECRET) + b"%PDF-1.7" + SECRET
    photo = answered(await put(admin, PHOTO, hostile, "image/jpeg"))
    data = (await fetch(deployment, photo["url"])).data
    assert len(data) <= MOST_BYTES
    assert data.startswith(b"RIFF")
    assert SECRET not in data


async def test_a_logo_is_for_administrators_and_a_photo_for_everybody(deployment: Deployment) -> None:
    await deployment.user("administrator")
    member = await deployment.user()
    refused(await put(member, LOGO, a_picture()), 403, "forbidden")
    refused(await member.delete(LOGO), 403, "forbidden")
    answered(await put(member, PHOTO, a_picture()))


async def test_uploads_at_the_same_time_leave_one_picture(deployment: Deployment, admin: Api) -> None:
    await asyncio.gather(*(put(admin, LOGO, a_picture()) for _ in range(3)))
    [kept] = await keys(deployment)
    assert (await admin.get("/settings")).body["logo"]["url"].endswith(f"/media/{kept}")
