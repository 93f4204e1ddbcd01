"""Certificates are set in known files or not at all, and nothing is issued that they cannot write."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from certificates.fonts import FontsDiffer, Pinned, glyphs_missing, pinned, pins


def elsewhere(folder: Path) -> Pinned:
    """The pins, with their files linked into ``folder``."""
    for path in pinned():
        os.symlink(path, folder / path.name)
    return pins().model_copy(update={"folder": folder})


def test_the_faces_of_this_machine_are_the_pinned_ones() -> None:
    assert [path.name for path in pinned()] == [
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
    ]


def test_one_changed_byte_in_a_font_file_is_named(tmp_path: Path) -> None:
    pins_here = elsewhere(tmp_path)
    assert len(pins_here.checked()) == 4
    bold = tmp_path / "NotoSansCJK-Bold.ttc"
    original = bold.resolve()
    bold.unlink()
    shutil.copyfile(original, bold)
    with bold.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(FontsDiffer, match=r"NotoSansCJK-Bold\.ttc has the unknown SHA-256 [0-9a-f]{64}"):
        pins_here.checked()


def test_a_missing_font_file_is_named_with_what_to_install(tmp_path: Path) -> None:
    pins_here = elsewhere(tmp_path)
    (tmp_path / "NotoSerifCJK-Regular.ttc").unlink()
    with pytest.raises(FontsDiffer, match=r"NotoSerifCJK-Regular.ttc cannot be read .* fonts-noto-cjk"):
        pins_here.checked()


def test_a_second_release_of_a_font_can_be_accepted_beside_the_first(tmp_path: Path) -> None:
    known = pins()
    strange = known.model_copy(
        update={"file": tuple(f.model_copy(update={"sha256": ("00" * 32,)}) for f in known.file)}
    )
    with pytest.raises(FontsDiffer):
        strange.checked()
    both = known.model_copy(
        update={"file": tuple(f.model_copy(update={"sha256": ("00" * 32, *f.sha256)}) for f in known.file)}
    )
    assert both.checked() == known.checked()


@pytest.mark.parametrize("rare", ["㐀", "䶮", "鿏", "𠮷", "𡈽", "·", "ü", "é"])
def test_rare_characters_of_names_that_the_faces_have_are_written(rare: str) -> None:
    assert glyphs_missing(f"王{rare}明") == ""


@pytest.mark.parametrize("rare", ["𠀀", "\ue000", "\U000f0000", "😀", "\u0b95", "\u202e"])
def test_characters_that_the_faces_lack_are_told_each_once(rare: str) -> None:
    assert glyphs_missing(f"王{rare}明{rare}") == rare


def test_the_characters_are_told_in_the_order_of_the_text_from_any_thread() -> None:
    told: list[str] = []
    threads = [threading.Thread(target=lambda: told.append(glyphs_missing("\ue001王𠀀\ue000𠀀"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["\ue001𠀀\ue000"] * 4
