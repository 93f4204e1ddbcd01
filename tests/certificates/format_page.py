"""The tables of docs/certificate-format.md, as the page has them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "certificate-format.md"


def checks() -> list[tuple[int, str, str]]:
    """Number, result and reason of each check, in order."""
    rows = _rows("| # | check | result | reason |")
    return [(int(number), result, "" if reason == '""' else reason) for number, _, result, reason in rows]


def results() -> list[tuple[str, str, str]]:
    """Result and its word, in Chinese and in English."""
    return [(result, zh, en) for result, zh, en in _rows("| result | 中文 | English |")]


def _rows(head: str) -> list[list[str]]:
    lines = PAGE.read_text("utf-8").splitlines()
    start = lines.index(head) + 2
    end = next(number for number in range(start, len(lines)) if not lines[number].startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:end]]
