"""The workspace's logo and one's own photo, in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from playwright.async_api import expect

from admitone.domain import tokens
from tests.support.dashboard.accessibility import violations
from tests.support.dashboard.server import desktop_and_phone
from tests.support.pictures.made import SVG, a_picture, noise

if TYPE_CHECKING:
    from playwright.async_api import FilePayload

    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ROOMS = pytest.mark.parametrize(
    ("room", "name"), [("/dashboard/settings/workspace", "Logo"), ("/dashboard/settings", "Photo")]
)
IS_THERE = "(one) => one.complete && one.naturalWidth > 0"


def a_file(data: bytes, name: str = "picture.png", kind: str = "image/png") -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": kind, "buffer": data}


@ROOMS
@desktop_and_phone
async def test_a_picture_is_uploaded_replaced_and_removed(
    dashboard: DashboardServer, admin: Api, window: Any, room: str, name: str
) -> None:
    page = await dashboard.page(admin, **window)
    await page.goto(room)
    section = page.get_by_role("region", name=name)
    await expect(section.get_by_text(f"No {name.lower()} yet.")).to_be_visible()
    for label in ("Picture", "Another picture"):
        await section.get_by_label(label, exact=True).set_input_files(a_file(a_picture()))
        await section.get_by_role("button", name="Upload").click()
        await expect(page.get_by_role("status").first).to_have_text("Saved.")
        picture = section.get_by_role("img", name=f"Your {name.lower()}")
        await expect(picture).to_be_visible()
        assert await picture.evaluate(IS_THERE)
    if window["java_script_enabled"]:
        assert await violations(page) == []
    await section.get_by_role("button", name="Remove").click()
    await expect(section.get_by_text(f"No {name.lower()} yet.")).to_be_visible()


@ROOMS
async def test_an_error_stands_beside_the_form(
    dashboard: DashboardServer, admin: Api, room: str, name: str
) -> None:
    page = await dashboard.page(admin)
    for file, sentence in (
        (a_file(SVG, "logo.svg", "image/svg+xml"), "Use a picture in PNG, JPEG, WebP or GIF format."),
        (a_file(noise((99, 99))[:9000]), "The picture is damaged or incomplete. Try another file."),
        (a_file(bytes(9_000_000)), "The file is larger than 8 MB. Use a smaller one."),
    ):
        await page.goto(room)
        section = page.get_by_role("region", name=name)
        field = section.get_by_label("Picture", exact=True)
        await field.set_input_files(file)
        await section.get_by_role("button", name="Upload").click()
        await expect(field).to_have_accessible_description(f"{await hint_of(section)} {sentence}")
        await expect(field).to_have_attribute("aria-invalid", "true")
        assert await violations(page) == []


async def hint_of(section: Any) -> str:
    """The hint of the field."""
    text: str = await section.locator(".hint").inner_text()
    return text


async def test_a_form_without_a_file_says_what_is_missing(dashboard: DashboardServer, admin: Api) -> None:
    status, text = await post(dashboard, admin, b"", filename="")
    assert status == 422
    assert "Choose a picture first." in text


async def test_a_form_needs_the_token_before_the_file(dashboard: DashboardServer, admin: Api) -> None:
    assert (await post(dashboard, admin, a_picture(), csrf="wrong"))[0] == 403
    assert (await post(dashboard, admin, a_picture(), csrf=None))[0] == 403
    assert (await post(dashboard, admin, a_picture()))[0] == 303


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"--x--\r\n",
        b"nothing",
        b"--x\r\n" + b"a" * 9000 + b"\r\n\r\n",
        b"--x\r\nX: \x00\r\n",
    ],
)
async def test_a_form_that_is_none_is_refused(dashboard: DashboardServer, admin: Api, body: bytes) -> None:
    token = await dashboard.session(admin)
    headers = {
        "Cookie": f"admitone={token}",
        "X-CSRF-Token": tokens.address("csrf", token),
        "Content-Type": "multipart/form-data; boundary=x",
        "Accept": "text/html",
    }
    url = f"{dashboard.url}/dashboard/settings/photo"
    async with dashboard.http.post(url, data=body, headers=headers) as answer:
        assert answer.status in {400, 422}
    del headers["X-CSRF-Token"]
    async with dashboard.http.post(url, data=body, headers=headers) as answer:
        assert answer.status in {400, 403}


async def post(
    dashboard: DashboardServer,
    user: Api,
    data: bytes,
    *,
    csrf: str | None = "",
    filename: str = "picture.png",
) -> tuple[int, str]:
    """Post the form for a photo, as a browser does."""
    token = await dashboard.session(user)
    writer = aiohttp.MultipartWriter("form-data")
    if csrf is not None:
        part = writer.append(csrf or tokens.address("csrf", token))
        part.set_content_disposition("form-data", name="csrf")
    part = writer.append(data, {"Content-Type": "image/png"})
    part.headers["Content-Disposition"] = f'form-data; name="picture"; filename="{filename}"'
    async with dashboard.http.post(
        f"{dashboard.url}/dashboard/settings/photo",
        data=writer,
        headers={"Cookie": f"admitone={token}", "Accept": "text/html"},
        allow_redirects=False,
    ) as answer:
        return answer.status, await answer.text()
