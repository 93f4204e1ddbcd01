"""A verdict as a person reads it in a terminal: the same words as on the page and on the kiosk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from certificates.form import Said
from certificates.results import list_age, not_asked, reason_said, result_said, sentence, shown, warning
from certificates.verdict import Verdict


def told(file: str, verdict: Verdict) -> str:
    """Lines for one code. Nothing in them steers the terminal, whatever the file is called."""
    return "".join(f"{plain(line)}\n" for line in _lines(file, verdict))


def plain(text: str) -> str:
    """``text`` without control and format characters: they are written out."""
    return "".join(
        sign.encode("unicode_escape").decode() if unicodedata.category(sign)[0] == "C" else sign for sign in text
    )


def _lines(file: str, verdict: Verdict) -> Iterator[str]:
    said = result_said(verdict.result)
    yield f"{file}: {_both(said.word)}"
    yield f"  {_both(sentence(verdict))}"
    yield f"  {_both(reason_said(verdict.reason))}"
    for row in shown(verdict):
        yield f"    {_both(row.label)}: {_both(row.value)}"
    for advice in said.advice:
        yield f"  → {_both(advice.title)}: {_both(advice.line)}"
    if (not_proven := warning(verdict)) is not None:
        yield f"  {_both(not_proven)}"
    for note in (list_age(verdict), not_asked(verdict)):
        if note is not None:
            yield f"  {_both(note)}"


def _both(said: Said) -> str:
    return said.zh if said.zh == said.en else f"{said.zh} / {said.en}"
