"""The templates that ship: six kinds, of which one has an old version."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from certificates import code
from certificates.cbor import Malformed
from certificates.library import SHIPPED, load, newest
from certificates.lint import lint
from tests.certificates.sheets import KEY, KINDS, sheet


def test_the_six_kinds_are_there_and_fit_their_papers() -> None:
    assert [(each.type, each.kind, each.version) for each in load()] == [
        (1, "residence", 1),
        (2, "social-insurance", 1),
        (3, "no-property", 1),
        (4, "low-income", 1),
        (4, "low-income", 2),
        (5, "marriage-record", 1),
        (6, "disability", 1),
    ]
    assert lint() == []


def test_the_newest_of_each_kind_is_what_is_issued() -> None:
    assert [(each.type, each.version) for each in newest(load())] == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 1), (6, 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_issuers_are_nobodys_and_only_the_id_card_is_good_enough(kind: str) -> None:
    template = KINDS[kind]
    assert template.issuer.zh.startswith("江畔区")
    assert template.prefix.startswith("99")
    assert re.fullmatch("99[0-9]{11}", template.issue.seal.code)
    assert template.issue.assurance == "id-card"
    recorded = any(field.source.startswith("record.") for field in template.fields)
    assert template.issue.offline is not recorded


def test_a_paper_of_the_old_version_still_says_what_it_said() -> None:
    old = sheet(KINDS["low-income-1"])
    read = code.claims(code.read(code.text(old.message, old.claims.short_code, old.host), old.host).message)
    read_by = next(each for each in load() if (each.type, each.version) == (read.type, read.version))
    read_by.check(read)
    assert read_by.sentence(read, read_by.body).zh.endswith("特此证明。")
    with pytest.raises(Malformed):
        KINDS["low-income-2"].check(replace(read, version=2))
    assert code.sign(read, KEY, b"\0\0\0\1") == old.message


def test_a_file_with_the_wrong_name_or_broken_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "residence-2.toml").write_bytes((SHIPPED / "residence-1.toml").read_bytes())
    with pytest.raises(Malformed, match=r"residence-2.toml: should be called residence-1.toml"):
        load(tmp_path)
    (tmp_path / "residence-2.toml").write_text("type = ")
    with pytest.raises(Malformed, match=r"residence-2\.toml: "):
        load(tmp_path)
