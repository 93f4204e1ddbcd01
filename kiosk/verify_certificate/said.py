"""A verdict as a person reads it in a terminal: the same words as on the page and on the kiosk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Protocol

from certificates.results import list_age, reason_said, result_said, sentence, warning
from certificates.verdict import Content, Verdict


class _Said(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


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
    if verdict.content is not None:
        yield from _content(verdict.content)
    for advice in said.advice:
        yield f"  → {_both(advice.title)}: {_both(advice.line)}"
    if (not_proven := warning(verdict)) is not None:
        yield f"  {_both(not_proven)}"
    if (age := list_age(verdict)) is not None:
        yield f"  {_both(age)}"


def _content(content: Content) -> Iterator[str]:
    yield f"    {_both(content.title)}"
    yield f"    编号 / No.: {content.number}, 第 {content.copy} 份 / copy {content.copy}"
    yield f"    姓名 / Name: {content.name}"
    yield f"    公民身份号码 / Citizen number: {content.stars}"
    for label, value in content.rows:
        yield f"    {_both(label)}: {_both(value)}"
    yield f"    签发日期 / Issued: {_both(content.issued_on)}"
    yield f"    有效期到 / Good until: {_both(content.last_day)}"


def _both(said: _Said) -> str:
    return said.zh if said.zh == said.en else f"{said.zh} / {said.en}"
