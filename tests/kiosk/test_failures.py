"""Every failure code that the product can give is in the catalogue, and the pages are what is made of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kiosk.failures import catalogue, families, read
from kiosk.failures.__main__ import main
from kiosk.failures.page import index, page

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "failures"
PRODUCT = ("kiosk", "devices", "screens", "offline_cache", "certificates", "hall")
CODE = re.compile(r"[A-Z][1-9][0-9]{2}")
"""A ticket's number looks alike, but begins to count at 001."""

NO_CODES = {("hall/oidc/service.py", "S256"), ("hall/oidc/provider.py", "S256"), ("hall/oidc/validator.py", "S256")}
"""What looks like one: how a code challenge is made (RFC 7636, 4.2)."""

ENTRY = """
letter = "P"
family = { zh = "打印机", en = "Printer" }
[codes.P102]
name = { zh = "纸用完了", en = "Out of paper" }
cause = { zh = "没有纸。", en = "No paper." }
citizen = { zh = "请稍候。", en = "Wait." }
technician = [{ zh = "加纸。", en = "Add paper." }]
"""


@cache
def _modules() -> dict[str, ast.Module]:
    files = (file for folder in PRODUCT for file in sorted((ROOT / folder).rglob("*.py")))
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def _raised() -> set[str]:
    """The values of every enumeration of faults."""
    return {
        text
        for tree in _modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id == "StrEnum" for b in node.bases)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for text in _texts(statement)
    }


def test_every_fault_that_can_be_raised_is_in_the_catalogue_and_nothing_else() -> None:
    assert set(catalogue()) == _raised()


def test_no_code_is_invented_in_passing() -> None:
    written = {(name, text) for name, tree in _modules().items() for text in _texts(tree)}
    assert {(name, text) for name, text in written if text not in catalogue()} == NO_CODES


def test_every_page_is_as_the_catalogue_makes_it() -> None:
    pages = {f"{failure.code}.md": page(failure) for failure in catalogue().values()}
    pages["README.md"] = index(families())
    assert {file.name: file.read_text("utf-8") for file in PAGES.iterdir()} == pages


def test_writing_the_pages_removes_that_of_a_code_that_is_no_more(tmp_path: Path) -> None:
    (tmp_path / "P999.md").write_text("old", "utf-8")
    (tmp_path / "notes.md").write_text("mine", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in PAGES.iterdir()} | {"notes.md"}


def test_the_index_leads_to_every_page() -> None:
    text = index(families())
    assert re.findall(r"\]\(([A-Z][0-9]{3})\.md\)", text) == sorted(catalogue())


def test_a_family_is_read_from_its_file() -> None:
    failure = read(ENTRY).failures[0]
    assert (failure.code, failure.name.zh, failure.technician[0].en, failure.leaves) == (
        "P102",
        "纸用完了",
        "Add paper.",
        None,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en = "No paper."', 'fr = "Rien."'),
        ('cause = { zh = "没有纸。", en = "No paper." }', ""),
        ('zh = "加纸。"', 'zh = ""'),
        ('zh = "加纸。"', "zh = 7"),
        ('[{ zh = "加纸。", en = "Add paper." }]', "[]"),
        ("codes.P102", "codes.S102"),
        ("codes.P102", "codes.P12"),
        ('letter = "P"', 'letter = "PP"'),
        ("name =", "nick = 1\nname ="),
    ],
)
def test_a_file_that_breaks_the_shape_is_refused(old: str, new: str) -> None:
    assert old in ENTRY
    with pytest.raises(ValueError, match=r".+"):
        read(ENTRY.replace(old, new))


def test_codes_out_of_their_order_are_refused() -> None:
    second = ENTRY[ENTRY.index("[codes") :].replace("P102", "P101")
    with pytest.raises(ValueError, match="in their order"):
        read(ENTRY + second)
