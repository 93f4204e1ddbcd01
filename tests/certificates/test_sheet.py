"""The A4 sheet: what it says, what cannot change it, and that the preview is the print."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest

from certificates import extremes, qr
from certificates.code import parts
from certificates.form import Said
from certificates.lint import HOST as LONGEST_HOST
from certificates.picture import NoPage, picture
from certificates.sheet import NotSet, Sheet, pdf
from certificates.short_code import grouped
from certificates.wording import Sentence
from tests.certificates.sheets import HOST, KINDS, RESIDENCE, code, image, ink, scanned, sheet, words

MARKUP = (
    "#panic()",
    "*x*_y_",
    "$x^2$",
    "\\u{41}\\",
    '"',
    "a]b[c",
    "}{",
    "<label>",
    "@ref",
    "//x",
    "`c`",
    "= h",
    "#{1+1}",
)
"""What Typst would read as markup, were it not data."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_says_what_is_signed_and_carries_its_code(kind: str) -> None:
    template = KINDS[kind]
    paper = sheet(template)
    page = pdf(paper)
    said = words(page)
    told = [
        template.title.zh,
        template.issuer.zh,
        paper.claims.name,
        paper.claims.stars,
        paper.claims.number(template.prefix),
        grouped(paper.claims.short_code),
        *(value.zh for _, value in template.rows(paper.claims)),
        *(line for line in template.sentence(paper.claims, template.body).en.splitlines()),
        "HALL.EXAMPLE",
        "第1份（原件）",
        "03号机K-0203・K0203-1-004183",
        "2026-11-20",
        "12345",
    ]
    assert [each for each in told if "".join(each.split()) not in said] == []
    assert scanned(page) == [code(paper)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_certificate_keeps_to_one_page_and_its_code_is_read(kind: str) -> None:
    paper = sheet(KINDS[kind], next(extremes.largest(KINDS[kind])), LONGEST_HOST)
    page = pdf(paper)
    assert paper.claims.name in words(page)
    assert scanned(page) == [code(paper)]
    assert margins(page) >= 19  # nothing runs out of the text's width


def test_a_latin_name_without_a_blank_wraps_within_the_margins() -> None:
    page = pdf(sheet(name="W" * 40, fields=("M" * 35, 43_000, 1)))
    assert "W" * 40 in words(page)
    assert "M" * 35 in words(page)
    assert margins(page) >= 19


def test_words_that_fit_no_page_are_refused() -> None:
    endless = RESIDENCE.model_copy(update={"body": Sentence.model_construct(zh="长" * 2_000, en="x")})
    with pytest.raises(NotSet, match="does not fit the page"):
        pdf(sheet(endless))


@pytest.mark.parametrize("mark", MARKUP)
def test_a_value_is_never_markup(mark: str) -> None:
    paper = sheet(name=f"王{mark}明", fields=(f"{mark}路", 43_000, 1))
    paper = replace(paper, machine=mark, serial=mark, hall=Said(zh=mark, en=mark))
    said = words(pdf(paper))
    plain = "".join(mark.split())
    assert f"王{plain}明" in said
    assert f"{plain}路" in said
    assert said.count(plain) >= 5


def test_the_documents_own_title_is_data_too_and_names_nobody() -> None:
    title = ")>>/Author(x)#panic()</dc:title>&"
    hostile = RESIDENCE.model_copy(update={"title": Said(zh=title, en="x")})
    page = pdf(sheet(hostile, name="王小明"))
    document = pypdfium2.PdfDocument(page)
    kept = document.get_metadata_dict()
    document.close()
    assert kept["Title"] == f"{title} {sheet(hostile).claims.number('99JZ')}"
    assert kept["Author"] == RESIDENCE.issuer.zh
    packet = page[page.index(b"<x:xmpmeta") : page.index(b"</x:xmpmeta>")]
    assert packet.count(b"</dc:title>") == 1
    assert "王小明".encode() not in packet


def test_the_same_certificate_is_the_same_bytes_from_any_thread() -> None:
    first, paper = pdf(sheet()), sheet()
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(pdf(paper))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [first] * 4


def test_the_compiler_claims_pdf_a_2a_and_pdf_ua_and_the_moment_is_that_of_issue() -> None:
    page = pdf(sheet(iat=1_795_140_720))
    packet = page[page.index(b"<x:xmpmeta") : page.index(b"</x:xmpmeta>")].decode()
    found = {key: re.findall(rf"<{key}>([^<]*)</{key}>", packet) for key in ("pdfaid:part", "pdfuaid:part")}
    assert found == {"pdfaid:part": ["2"], "pdfuaid:part": ["1"]}
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<xmp:CreateDate>2026-11-20T02:12:00+00:00</xmp:CreateDate>" in packet


@pytest.mark.parametrize("lacking", ["\U00020000", "א", "😀"])
def test_a_glyph_that_the_faces_lack_is_refused_and_never_a_box_or_from_another_face(lacking: str) -> None:
    with pytest.raises(NotSet, match="could not be displayed"):
        pdf(sheet(name=f"王{lacking}明"))


def test_a_reprint_says_so_at_the_top_right_and_an_original_does_not() -> None:
    assert "REPRINT" not in words(pdf(sheet()))
    page = pdf(sheet(copy=2))
    said = words(page)
    assert "补打/REPRINT2" in said
    assert "第2份（补打）" in said
    corner = ink(page, 100)[145:195, 560:760]  # 37 to 50 mm down, right quarter
    assert corner.min() < 60
    assert ink(pdf(sheet()), 100)[145:195, 560:760].min() > 200


def test_only_a_sample_is_marked_as_one() -> None:
    assert "样张" not in words(pdf(sheet()))
    sample = pdf(replace(sheet(), specimen=True))
    assert "样张SPECIMEN" in words(sample)
    assert scanned(sample) == [code(sheet())]


def test_the_code_is_drawn_in_whole_dots_and_no_smaller_than_33_mm() -> None:
    paper = sheet()
    foot, left, module = 6_498, 480, 18  # at 600 dots an inch: its lower left corner, 0.03 inch a module
    row = ink(pdf(paper), 600)[foot - module // 2, left - 4 * module :]  # through its last line of modules
    dark = np.flatnonzero(np.diff(row < 128))[:2] + 1  # where the finder pattern begins and ends
    assert dark.tolist() == [4 * module, 11 * module]
    smallest = min(len(qr.modules(*parts(each.message, each.claims.short_code, HOST)).rows) for each in every())
    assert smallest * module / 600 * 25.4 >= 33


def every() -> list[Sheet]:
    return [sheet(kind) for kind in KINDS.values()]


def test_a_picture_is_the_page_itself_at_the_size_asked_for() -> None:
    page = pdf(sheet())
    shown = image(picture(page, 100))
    document = pypdfium2.PdfDocument(page)
    printed = document[0].render(scale=100 / 72).to_pil().convert("RGB")
    document.close()
    assert shown.size == (827, 1170)
    assert np.array_equal(np.asarray(shown), np.asarray(printed))


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"\x89PNG\r\n"])
def test_what_is_no_page_has_no_picture(junk: bytes) -> None:
    with pytest.raises(NoPage):
        picture(junk, 100)


def margins(page: bytes) -> float:
    """The smaller of the white margins left and right of the body, in millimetres: title to foot, without the band."""
    dark = np.flatnonzero((ink(page, 100)[200:1100] < 160).any(axis=0))
    return float(min(dark[0], 826 - dark[-1])) * 25.4 / 100


def test_nothing_of_a_page_is_in_memory_once_it_is_forgotten() -> None:
    command = [sys.executable, "-m", "tests.certificates.own_memory"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    before, after = map(int, said.split())
    assert before > 0  # the compiler remembers
    assert after == 0
