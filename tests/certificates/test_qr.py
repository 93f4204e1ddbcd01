"""The code of a certificate: three segments, the smallest version, never above 16-M."""

from __future__ import annotations

import random

import numpy as np
import pytest
import qrcode
import zxingcpp
from qrcode.util import QRData

from certificates import qr
from certificates.code import parts
from tests.certificates.random_claims import random_claims
from tests.certificates.sheets import HOST, KINDS, code, sheet

ADDRESS = "HTTPS://HALL.EXAMPLE:8443/C/7K3M9QX2WV5RT8NA"


def digits(count: int) -> str:
    return str(random.Random(count).randrange(10 ** (count - 1), 10**count))


def read(rows: qr.Rows) -> str:
    """What zxing reads of the modules at 4 dots each, with the quiet zone."""
    dots = np.kron(np.pad(np.array(rows), qr.QUIET), np.ones((4, 4), bool))
    (found,) = zxingcpp.read_barcodes(
        (~dots * np.uint8(255)).astype(np.uint8), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return found.text


@pytest.mark.parametrize("count", [1, 2, 3, 99, 100, 101, 350, 500, 700, 851, 960, 980])
def test_the_version_is_the_smallest_that_holds_the_three_segments(count: int) -> None:
    by_the_library = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=0)
    by_the_library.add_data(QRData(ADDRESS.encode(), mode=2), optimize=0)
    by_the_library.add_data(QRData(b"#", mode=4), optimize=0)
    by_the_library.add_data(QRData(digits(count).encode(), mode=1), optimize=0)
    by_the_library.make(fit=True)
    made = qr.modules(ADDRESS, digits(count))
    assert made.version == by_the_library.version == qr.version_for(len(ADDRESS), count)
    assert len(made.rows) == 17 + 4 * made.version
    assert read(made.rows) == f"{ADDRESS}#{digits(count)}"


def test_the_last_digit_that_version_16_holds_is_the_last_that_is_drawn() -> None:
    most = max(count for count in range(900, 1_200) if fits(count))
    made = qr.modules(ADDRESS, digits(most))
    assert made.version == 16
    assert read(made.rows) == f"{ADDRESS}#{digits(most)}"
    with pytest.raises(qr.TooLong):
        qr.modules(ADDRESS, digits(most + 1))


def fits(count: int) -> bool:
    try:
        return qr.version_for(len(ADDRESS), count) <= qr.LARGEST
    except qr.TooLong:
        return False


@pytest.mark.parametrize("kind", KINDS)
def test_certificates_are_read_back_to_the_letter(kind: str) -> None:
    rng = random.Random(kind)
    for _ in range(10):
        paper = sheet(KINDS[kind], random_claims(rng, KINDS[kind]))
        assert read(qr.modules(*parts(paper.message, paper.claims.short_code, HOST)).rows) == code(paper)


@pytest.mark.parametrize(
    ("address", "number"),
    [("https://hall.example", "1"), ("HTTPS://A#B", "1"), ("", "1"), ("A", ""), ("A", "1a"), ("A", "٣"), ("Ａ", "1")],
)
def test_what_a_segment_cannot_hold_is_refused(address: str, number: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        qr.modules(address, number)


def test_the_drawing_is_the_modules_and_nothing_else() -> None:

    made = qr.modules(ADDRESS, digits(300))
    drawn = qr.svg(made.rows)
    side = len(made.rows) + 2 * qr.QUIET
    assert f'viewBox="0 0 {side} {side}"' in drawn
    assert drawn.count("<path") == 2  # the white ground and all that is dark
    filled = np.zeros((side, side), bool)
    for piece in drawn.split('<path d="M')[1].split('"')[0].split("zM"):
        left, top, width, again = map(
            int, piece.strip("z").replace("h-", "h").replace("v1h", "h").replace("h", " ").split()
        )
        assert width == again
        assert not filled[top, left : left + width].any()
        filled[top, left : left + width] = True
    assert np.array_equal(filled, np.pad(np.array(made.rows), qr.QUIET))
