"""The code of a paper as a camera, a photo and a PDF show it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from certificates import qr
from devices.scanner.sim import code as drawn

GREY = (120, 110, 100)


def picture(text: str, dots: int = 6) -> Image.Image:
    """The code with its quiet zone, ``dots`` pixels a module."""
    address, _, digits = text.partition("#")
    rows = qr.modules(address, digits).rows
    side = len(rows) + 2 * qr.QUIET
    small = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + qr.QUIET, y + qr.QUIET), 0)
    return small.resize((side * dots, side * dots), Image.Resampling.NEAREST).convert("RGB")


def camera(text: str, to: Path) -> Path:
    """What a camera sees of a paper held before it: MJPEG, 1280 by 720."""
    return film(picture(text), to)


def film(code: Image.Image, to: Path) -> Path:
    frame = Image.new("RGB", (1280, 720), GREY)
    frame.paste(code, ((frame.width - code.width) // 2, (frame.height - code.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=85)
    to.write_bytes(jpeg.getvalue() * 30)
    return to


def sheet(text: str, to: Path) -> Path:
    """An A4 sheet at 300 dpi with the code at its foot; a picture or a PDF, by the name of ``to``."""
    return sheets([text], to)


def sheets(texts: Sequence[str], to: Path) -> Path:
    """As ``sheet``: the pages of a PDF, else a photograph of sheets side by side; a slip of paper without a text."""
    pages = [_page(text) for text in texts]
    if to.suffix == ".pdf":
        pages[0].save(to, resolution=300, save_all=True, append_images=pages[1:])
    else:
        beside(pages).save(to, resolution=300)
    return to


def beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """Side by side on one picture."""
    whole = Image.new("RGB", (sum(each.width for each in pictures), max(each.height for each in pictures)), "white")
    left = 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width
    return whole


def shop(dots: int = 12) -> Image.Image:
    """A code that is no certificate's and has no address of one."""
    return Image.fromarray(drawn(b"https://shop.example/pay", dots)).convert("RGB")


def _page(text: str) -> Image.Image:
    if not text:
        return Image.new("RGB", (400, 400), "white")
    page = Image.new("RGB", (2480, 3508), "white")
    page.paste(picture(text, 5), (1900, 2900))
    return page
