"""Pictures are decoded in a process of their own, with little memory and time, and without secrets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.errors import Busy, NoPicture, PictureDamaged, PictureTooLarge
from admitone.pictures import recoder as module
from admitone.pictures.recoder import Recoder
from tests.support.pictures.made import SVG, a_picture, a_png_bomb, noise

if TYPE_CHECKING:
    from asyncio.subprocess import Process

PICTURE = a_picture()


async def test_the_most_pixels_fit_into_the_memory_of_the_process() -> None:
    for file in (a_png_bomb(5000, 5000), a_picture("JPEG", (5000, 5000), progressive=True)):
        assert (await Recoder().recode(file, "photo")).width == 192


async def test_each_refusal_is_told() -> None:
    for file, refusal in (
        (SVG, NoPicture),
        (a_png_bomb(1, 60_000), PictureTooLarge),
        (noise((99, 99))[:9000], PictureDamaged),
    ):
        with pytest.raises(refusal):
            await Recoder().recode(file, "photo")


@pytest.mark.parametrize(
    "program",
    [
        "print('ok 9 9'); print('<script>')",
        "print('ok 9 9\\nRIFF    WEBP' + 'x' * 20_000)",
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(1)",
        "import os; print('ok 9 9\\nRIFF    WEBP' if 'ADMITONE_SECRET_KEY' in os.environ else '')",
    ],
)
async def test_a_process_that_was_taken_over_gains_nothing(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("ADMITONE_SECRET_KEY", "secret")
    monkeypatch.setattr(module, "PROGRAM", ("-c", program))
    with pytest.raises(PictureDamaged):
        await Recoder().recode(PICTURE, "photo")


async def test_a_process_that_is_gone_before_it_gets_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = asyncio.create_subprocess_exec

    async def too_late(*program: str, **options: Any) -> Process:
        process = await begin(*program, **options)
        await process.wait()
        await asyncio.sleep(0)  # the loop notices that the pipe is closed
        return process

    monkeypatch.setattr(module, "PROGRAM", ("-c", "raise SystemExit(1)"))
    monkeypatch.setattr(asyncio, "create_subprocess_exec", too_late)
    with pytest.raises(PictureDamaged):
        await Recoder().recode(PICTURE, "photo")


async def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    recoder = Recoder()
    with monkeypatch.context() as patched:
        patched.setattr(module, "PROGRAM", ("-c", "while True: pass"))
        patched.setattr(module, "SECONDS", 0.5)
        with pytest.raises(Busy):
            await recoder.recode(PICTURE, "photo")
    assert (await recoder.recode(PICTURE, "photo")).width == 192


async def test_a_process_whose_caller_is_gone_is_ended() -> None:
    recoder = Recoder()
    task = asyncio.create_task(recoder.recode(PICTURE, "photo"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await recoder.recode(PICTURE, "photo")).width == 192
