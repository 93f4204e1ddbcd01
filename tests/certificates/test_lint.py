"""Lint finds what would only show in use, and says it in one sentence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from certificates import extremes
from certificates.__main__ import main
from certificates.claims import NAME
from certificates.form import Kind
from certificates.library import SHIPPED
from certificates.lint import lint
from tests.certificates.random_claims import random_claims
from tests.certificates.sheets import KINDS, sheet

Change = Callable[[str], str]


def one(folder: Path, name: str, change: Change, called: str | None = None) -> list[str]:
    """The faults of a folder that holds the changed template alone."""
    (folder / f"{called or name}.toml").write_text(change((SHIPPED / f"{name}.toml").read_text("utf-8")), "utf-8")
    return lint(folder)


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def test_texts_so_long_that_the_code_outgrows_version_16_are_refused(tmp_path: Path) -> None:
    faults = one(tmp_path, "residence-1", swap("max = 35", "max = 60"))
    assert faults == ["residence-1.toml: the largest certificate does not fit version 16-M"]


def test_a_usual_certificate_above_version_13_is_refused_though_the_largest_fits(tmp_path: Path) -> None:
    faults = one(tmp_path, "residence-1", swap("usual = { address = 22 }", "usual = { address = 35 }"))
    assert faults == ["residence-1.toml: the usual certificate needs version 14-M, more than 13-M"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_certificate_is_larger_than_any_of_a_year(kind: str) -> None:
    template, rng = KINDS[kind], random.Random(kind)
    largest = next(extremes.largest(template))
    lengths = [len(value) for value in largest.fields if isinstance(value, str)]
    assert len(largest.name) == NAME
    assert lengths == [field.max for field in template.fields if field.kind is Kind.TEXT]
    template.check(largest)
    most = len(sheet(template, largest).message)
    assert all(len(sheet(template, random_claims(rng, template)).message) < most for _ in range(100))


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("residence-1", "usual = { address = 22 }", "", "issue.usual: address must stand there"),
        ("residence-1", "address = 22", "address = 36", "usually longer than it may be"),
        ("residence-1", "居住于{address}，", "居住于{adress}，", "'adress', which is no field"),
        ("residence-1", "情况属实。", "情况}属实。", "a brace that opens or closes no place"),
        ("residence-1", "{name}（", "某人（", "the body does not say {name}"),
        ("residence-1", "承诺属实。", "承诺属实。\\n\\n。", "an empty paragraph"),
        ("residence-1", "Issued for {purpose}; ", "用于 {purpose}; ", "is not English"),
        ("residence-1", '"Resident since"', '"居住自"', "is not English"),
        ("residence-1", "given below.", "given below.\\nOnce more.", "not as many paragraphs"),
        ("residence-1", "for schools and employers", "for \U00020000 schools", "cannot write '\U00020000'"),
        ("residence-1", "电子证明专用章", "电子证明\U00020000", "cannot write '\U00020000'"),
        ("residence-1", "子女入学", "子女\u200b入学", "nobody can see"),
        ("residence-1", "seal = { text", 'layout = "nowhere"\nseal = { text', "no layout nowhere"),
        ("marriage-record-1", "为：{status}，", "为：{status}，{registered}", "{registered} may be empty"),
        ("residence-1", 'assurance = "id-card"', 'assurance = "none"', "issue.assurance"),
        ("residence-1", "version = 1", "version = 1\nextra = 1", "extra"),
        ("residence-1", "[issue]", "[issue", "residence-1.toml: "),
    ],
)
def test_a_fault_is_named(tmp_path: Path, name: str, old: str, new: str, fault: str) -> None:
    faults = one(tmp_path, name, swap(old, new))
    assert len(faults) == 1
    assert faults[0].startswith(f"{name}.toml: ")
    assert fault in faults[0]


def test_wording_that_fits_no_page_is_refused(tmp_path: Path) -> None:
    def longer(text: str) -> str:
        more = "情况属实，特此说明。" * 40
        return text.replace("情况属实。\n", f"{more}\n").replace(
            "since {since}.\n", f"since {{since}}. {'More. ' * 60}\n"
        )

    assert one(tmp_path, "residence-1", longer) == [
        "residence-1.toml: the largest certificate does not fit its page: "
        "assertion failed: the wording does not fit the page"
    ]


def test_versions_have_no_gaps_and_kinds_do_not_share_a_number(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "residence-1.toml", tmp_path)
    assert one(tmp_path, "low-income-2", str) == ["low-income: versions [2] do not count from 1 without gaps"]
    (tmp_path / "low-income-2.toml").unlink()
    assert one(tmp_path, "disability-1", swap("type = 6", "type = 1")) == [
        "type 00001: stands with more than one kind, type or prefix"
    ]
    assert one(tmp_path, "disability-1", swap("99CJ", "99JZ")) == [
        "prefix 99JZ: stands with more than one kind, type or prefix"
    ]


def test_a_folder_without_templates_does_not_fit_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").touch()
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "notes.txt"):
        assert main(["lint", str(folder)]) == 1
        assert capsys.readouterr().out == f"{folder}: no templates are here\n"
