"""Certificates on 80 mm paper, looked at as dots."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import qrcode
import zxingcpp
from PySide6.QtGui import QGuiApplication

from screens import specimen
from screens.certificate_slip import MODULE, MOST_MODULES, CertificateSlip, Unprintable, certificate
from screens.paper import Bitmap
from screens.specimen import Modules
from screens.words import Words
from tests.screens.test_paper import pixels

LONG = "江畔区柳岸街道滨河大道与柳岸南路交叉口东南侧柳岸花园三期八号楼二单元一千二百零三室"


@pytest.fixture(scope="module", autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Fonts need Qt to be up; the widgets of other tests share it."""


def slips() -> dict[str, CertificateSlip]:
    slip = specimen.slip()
    return {
        "residence": slip,
        "reprint": replace(slip, copy=2),
        "long words": replace(
            slip,
            issuer=Words(LONG[:30], "The Office of a Subdistrict with a very long name " * 3),
            title=Words("婚姻登记记录证明", "Certificate of a marriage record"),
            rows=(*slip.rows, ("居住地详细地址", LONG), ("姓名", "阿卜杜热伊木·买买提艾力·吐尔逊江")),
            sentence=Words(LONG * 3, "This certifies that the person named above has lived here. " * 5),
        ),
        "longest title": replace(slip, title=Words("城乡居民最低生活保障待遇领取证明", "Proof of income support")),
        "largest code": replace(slip, code=code_of(81)),
        "smallest code": replace(slip, code=code_of(45)),
    }


def code_of(side: int) -> Modules:
    """A code of so many modules."""
    version = (side - 17) // 4
    made = qrcode.QRCode(version=version, error_correction=qrcode.ERROR_CORRECT_M, border=0)
    made.add_data("HTTPS://HALL.EXAMPLE/C/7K3M9QX2WV5RT8NA")
    made.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in made.modules)


def _code_at(slip: CertificateSlip, seen: np.ndarray) -> tuple[int, int, int]:
    """Where the code's modules stand, to the dot: x, y and side."""
    code = np.array(slip.code)
    drawn = np.where(np.kron(code, np.ones((6, 6), bool)), 0, 255).astype(np.uint8)
    _, best, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(seen, drawn, cv2.TM_CCOEFF_NORMED))
    assert best > 0.999
    return x, y, drawn.shape[0]


NAMES = ("residence", "reprint", "long words", "longest title", "largest code", "smallest code")


@pytest.mark.parametrize("name", NAMES)
def test_the_code_on_every_certificate_is_read(name: str) -> None:
    slip = slips()[name]
    found = zxingcpp.read_barcodes(pixels(certificate(slip)))
    assert len(found) == 1
    assert found[0].text.startswith("HTTPS://HALL.EXAMPLE/C/7K3M9QX2WV5RT8NA")


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_six_dots_and_four_white_modules_stand_around(name: str) -> None:
    slip = slips()[name]
    seen = pixels(certificate(slip))
    x, y, side = _code_at(slip, seen)
    zone = seen[y - 24 : y + side + 24, x - 24 : x + side + 24].copy()
    zone[24:-24, 24:-24] = 255
    assert zone.shape == (side + 48, side + 48)
    assert zone.min() == 255


@pytest.mark.parametrize("name", NAMES)
def test_nothing_touches_the_edge_of_the_paper(name: str) -> None:
    seen = pixels(certificate(slips()[name]))
    assert seen[:, :10].min() == 255
    assert seen[:, -10:].min() == 255
    assert seen[:16].min() == 255
    assert seen[-16:].min() == 255


def test_the_code_is_the_last_large_thing() -> None:
    slip = slips()["residence"]
    seen = pixels(certificate(slip))
    _, y, side = _code_at(slip, seen)
    black = (seen[y + side + 24 :].min(axis=1) == 0).astype(int)
    runs = "".join("#" if row else " " for row in black).split()
    assert max(map(len, runs)) < 60


def _height(slip: CertificateSlip) -> int:
    return certificate(slip).height


def test_a_long_value_takes_more_lines_and_loses_no_character() -> None:
    """Each character more in a value is seen on the paper: none falls behind an end."""
    slip = specimen.slip()
    seen: set[bytes] = set()
    for end in range(20, len(LONG) + 1):
        seen.add(certificate(replace(slip, rows=(("住址", LONG[:end]),))).dots)
    assert len(seen) == len(LONG) - 19
    lines = -(-len(LONG) * 30 // 386)
    assert _height(replace(slip, rows=(("住址", LONG),))) - _height(replace(slip, rows=(("住址", "江"),))) == 39 * (
        lines - 1
    )


def test_a_long_sentence_is_never_cut() -> None:
    slip = specimen.slip()
    heights = [_height(replace(slip, sentence=Words(LONG * count, ""))) for count in (1, 2, 4, 8)]
    assert heights == sorted(heights)
    assert heights[3] - heights[2] > 1.8 * (heights[2] - heights[1])


def test_a_reprint_says_so_at_the_top_above_the_code_and_in_the_foot() -> None:
    slip = slips()["reprint"]
    first, second = pixels(certificate(replace(slip, copy=1))), pixels(certificate(slip))
    assert second.shape[0] == first.shape[0] + 2 * 68
    box = second[20:72]
    frame = box[:, np.flatnonzero(box.min(axis=0) == 0)]
    ys = np.flatnonzero((cv2.matchTemplate(second, frame, cv2.TM_CCOEFF_NORMED) > 0.99).any(axis=1))
    _, y, _ = _code_at(slip, second)
    assert len(ys) == 2
    assert y - ys[1] < 120
    assert (first[-150:] != second[-150:]).any()
    third = pixels(certificate(replace(slip, copy=3)))
    assert (third[20:72] != second[20:72]).any()


def test_a_code_that_does_not_fit_the_paper_is_refused_and_never_scaled() -> None:
    slip = specimen.slip()
    assert MOST_MODULES * MODULE + 8 * MODULE == 576
    certificate(replace(slip, code=code_of(85)))
    with pytest.raises(Unprintable, match="wider"):
        certificate(replace(slip, code=code_of(89)))


@pytest.mark.parametrize("code", [(), ((True,), (True,)), ((True, False),)], ids=["none", "tall", "wide"])
def test_a_code_that_is_no_square_is_refused(code: Modules) -> None:
    with pytest.raises(ValueError, match="square"):
        certificate(replace(specimen.slip(), code=code))


def test_narrow_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="576"):
        certificate(specimen.slip(), 384)


@pytest.mark.parametrize(("copy", "short"), [(0, "7K3M9QX2WV5RT8NA"), (1, "7K3M-9QX2-WV5R-T8NA"), (1, "")])
def test_a_certificate_that_cannot_be_is_refused(copy: int, short: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        certificate(replace(specimen.slip(), copy=copy, short_code=short))


def test_a_name_that_the_face_cannot_write_is_refused_and_not_told() -> None:
    slip = specimen.slip()
    with pytest.raises(Unprintable) as refused:
        certificate(replace(slip, rows=(("姓名", "王\U0002a6da"),)))
    assert "王" not in str(refused.value)


def test_a_certificate_longer_than_the_printer_takes_is_refused() -> None:
    slip = specimen.slip()
    with pytest.raises(Unprintable):
        certificate(replace(slip, rows=slip.rows * 14))


def test_a_certificate_names_nobody_in_a_traceback() -> None:
    said = repr(specimen.slip())
    assert "王" not in said
    assert "99JZ" not in said
    assert "7K3M" not in said


def test_the_same_certificate_is_the_same_dots() -> None:
    drawn: list[Bitmap] = [certificate(specimen.slip()) for _ in range(2)]
    assert drawn[0] == drawn[1]
