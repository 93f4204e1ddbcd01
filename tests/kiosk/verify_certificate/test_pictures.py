"""Certificates as people have them: photographs, scans, PDFs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter

from certificates import qr
from devices.scanner.sim import code as drawn
from kiosk.verify_certificate import main
from tests.certificates.office import CLAIMS, INCOME, NOW, REVOKED, paper
from tests.certificates.vectors import FOLDER
from tests.devices.scanner.test_files import broken_page

MODULE = 6
"""Dots a module, as on thermal paper."""

TRUST = ["--root", str(FOLDER / "lists/root/1"), "--lists", str(FOLDER / "lists"), "--at", str(NOW), "--json"]


def printed(code: str) -> Image.Image:
    """The code with its quiet zone, on a sheet."""
    address, digits = code.split("#")
    rows = qr.modules(address, digits).rows
    symbol = Image.new("L", (len(rows), len(rows)), 255)
    symbol.putdata([0 if dark else 255 for row in rows for dark in row])
    side = len(rows) * MODULE
    sheet = Image.new("L", (side + 160, side + 160), 255)
    sheet.paste(symbol.resize((side, side), Image.Resampling.NEAREST), (80, 80))
    return sheet


def answers(capsys: pytest.CaptureFixture[str], *files: Path) -> tuple[int, list[dict[str, Any]]]:
    end = main([*TRUST, *map(str, files)])
    return end, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "bmp", "tiff", "pdf"])
def test_a_paper_is_read_from_every_kind_of_file(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / f"paper.{kind}"
    printed(paper()).save(file)
    end, (answer,) = answers(capsys, file)
    assert (end, answer["result"], answer["short_code"]) == (0, "valid", CLAIMS.short_code)


def test_a_pdf_of_two_pages_has_two_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.pdf"
    pages = [printed(paper()), Image.new("L", (600, 800), 255), printed(paper(replace(INCOME, status=REVOKED)))]
    pages[0].save(file, save_all=True, append_images=pages[1:])
    end, both = answers(capsys, file)
    assert (end, [each["result"] for each in both]) == (1, ["valid", "revoked"])


def test_two_papers_in_one_picture_have_two_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = printed(paper()), printed(paper(INCOME))
    table(one, two).save(tmp_path / "table.png")
    end, both = answers(capsys, tmp_path / "table.png")
    assert (end, sorted(each["content"]["kind"] for each in both)) == (0, ["test-income", "test-residence"])


def table(*sheets: Image.Image) -> Image.Image:
    """A photograph of papers side by side."""
    whole = Image.new("L", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), 255)
    left = 0
    for sheet in sheets:
        whole.paste(sheet, (left, 0))
        left += sheet.width
    return whole


def shop() -> Image.Image:
    return Image.fromarray(drawn(b"HTTPS://SHOP.EXAMPLE/PAY?ID=0123456789", MODULE))


def _tilted(sheet: Image.Image) -> Image.Image:
    return sheet.rotate(23, expand=True, fillcolor=255)


def _blurred(sheet: Image.Image) -> Image.Image:
    return sheet.filter(ImageFilter.GaussianBlur(3))


def _faded(sheet: Image.Image) -> Image.Image:
    return sheet.point(lambda dot: 190 + dot // 5)


def _striped(sheet: Image.Image) -> Image.Image:
    worn = sheet.copy()
    for column in range(100, worn.width - 80, 30):
        worn.paste(255, (column, 0, column + 3, worn.height))
    return worn


def _smeared(sheet: Image.Image) -> Image.Image:
    """Beyond what can be read."""
    return sheet.filter(ImageFilter.GaussianBlur(4.3))


@pytest.mark.parametrize("wear", [_tilted, _blurred, _faded, _striped], ids=lambda wear: wear.__name__)
def test_worn_paper_is_still_read(
    wear: Callable[[Image.Image], Image.Image], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wear(printed(paper())).save(tmp_path / "worn.png")
    end, (answer,) = answers(capsys, tmp_path / "worn.png")
    assert (end, answer["result"]) == (0, "valid")


def test_a_forged_paper_that_is_worn_is_forged_and_not_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = paper()[:-1] + "7"
    _blurred(printed(forged)).save(tmp_path / "forged.png")
    end, (answer,) = answers(capsys, tmp_path / "forged.png")
    assert (end, answer["reason"]) == (1, "signature")


def test_a_picture_without_a_code_and_a_broken_file_are_unreadable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(paper()).save(tmp_path / "whole.png")
    whole = (tmp_path / "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    Image.new("L", (800, 600), 255).save(tmp_path / "blank.png")
    files = [tmp_path / name for name in ("cut.png", "cut.pdf", "blank.png", "whole.png")]
    end, found = answers(capsys, *files)
    assert end == 2
    assert [each["reason"] for each in found] == ["no-code", "no-code", "no-code", ""]


def _pages(*codes: str) -> bytes:
    file = io.BytesIO()
    first, *others = map(printed, codes)
    first.save(file, "PDF", save_all=True, append_images=others)
    return file.getvalue()


def test_a_paper_after_the_last_page_that_is_looked_at_never_ends_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revoked = paper(replace(INCOME, status=REVOKED))
    (tmp_path / "eleven.pdf").write_bytes(_pages(*[paper()] * 10, revoked))
    assert main([*TRUST, str(tmp_path / "eleven.pdf")]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["result"] for line in out.splitlines()] == ["valid"]
    assert "eleven.pdf: not all could be looked at (more than 10 pages)" in err


def test_a_broken_page_never_ends_with_0_and_those_around_it_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = _pages(paper(), paper(), paper(INCOME))
    (tmp_path / "broken.pdf").write_bytes(broken_page(whole, 2))
    assert main([*TRUST, str(tmp_path / "broken.pdf")]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["result"] for line in out.splitlines()] == ["valid", "valid"]
    assert "broken.pdf: not all could be looked at (page 2: a broken page)" in err


@pytest.mark.parametrize("wear", [_blurred, _striped], ids=lambda wear: wear.__name__)
@pytest.mark.parametrize("beside", [lambda sheet: sheet, _blurred], ids=["sound", "blurred"])
def test_a_worn_paper_is_judged_too_whatever_lies_beside_it(
    beside: Callable[[Image.Image], Image.Image],
    wear: Callable[[Image.Image], Image.Image],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    revoked = wear(printed(paper(replace(INCOME, status=REVOKED))))
    table(beside(printed(paper())), revoked).save(tmp_path / "table.png")
    end, both = answers(capsys, tmp_path / "table.png")
    assert (end, sorted(each["result"] for each in both)) == (1, ["revoked", "valid"])


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_paper_that_cannot_be_read_never_ends_with_0_and_the_one_beside_it_is_judged(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"table.{kind}"
    table(printed(paper()), _smeared(printed(paper(replace(INCOME, status=REVOKED))))).save(file)
    assert main([*TRUST, str(file)]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["result"] for line in out.splitlines()] == ["valid"]
    assert f"table.{kind}: not all could be looked at (a code is there that could not be read)" in err


def test_a_shop_s_code_beside_a_worn_paper_hides_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(shop(), _blurred(printed(paper()))).save(tmp_path / "table.png")
    end, found = answers(capsys, tmp_path / "table.png")
    assert (end, [each["result"] for each in found]) == (0, ["valid"])
    shop().save(tmp_path / "shop.png")
    end, found = answers(capsys, tmp_path / "shop.png")
    assert (end, [each["result"] for each in found]) == (1, ["not-ours"])


def test_a_forged_paper_beside_a_good_one_is_told_even_where_it_names_another_hall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imitation = paper().replace("HTTPS://", "HTTPS://X")
    table(printed(paper()), printed(imitation), printed(paper(INCOME)[:-1] + "7")).save(tmp_path / "table.png")
    end, found = answers(capsys, tmp_path / "table.png")
    assert (end, sorted(each["result"] for each in found)) == (1, ["forged", "not-ours", "valid"])
