"""The code of a paper as a camera, a photo and a PDF show it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from certificates import qr

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
    code = picture(text)
    frame = Image.new("RGB", (1280, 720), GREY)
    frame.paste(code, ((frame.width - code.width) // 2, (frame.height - code.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=85)
    to.write_bytes(jpeg.getvalue() * 30)
    return to


def sheet(text: str, to: Path) -> Path:
    """An A4 sheet at 300 dpi with the code at its foot; a picture or a PDF, by the name of ``to``."""
    page = Image.new("RGB", (2480, 3508), "white")
    page.paste(picture(text, 5), (1900, 2900))
    page.save(to, resolution=300)
    return to
