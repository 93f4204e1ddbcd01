"""What the hall's pages say, in Chinese and in English: the sentences of ``words.toml``.

The texts are plain; the templates escape what is filled in.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple


class Tongue(StrEnum):
    """The languages of the pages; the value is the BCP 47 tag in ``lang``."""

    ZH = "zh-Hans"
    EN = "en"

    @property
    def other(self) -> Tongue:
        return Tongue.EN if self is Tongue.ZH else Tongue.ZH


class Both(NamedTuple):
    """One thing said, in both languages."""

    zh: str
    en: str


def say(key: str, tongue: Tongue, **values: object) -> str:
    """The sentence for ``key``, filled in. Raises ``KeyError`` for a key or a value that is not there."""
    both = WORDS[key]
    return (both.zh if tongue is Tongue.ZH else both.en).format(**values)


def preferred(accept_language: str | None) -> Tongue:
    """The language an ``Accept-Language`` header asks for first; Chinese when it names neither.

    Source: RFC 9110, section 12.5.4. Weights are read, ties go to the one named first.
    """
    best, weight = Tongue.ZH, 0.0
    for part in (accept_language or "")[:200].split(","):
        name, _, quality = part.strip().partition(";q=")
        tongue = {"zh": Tongue.ZH, "en": Tongue.EN}.get(name.strip().lower().split("-")[0])
        try:
            asked = float(quality or 1)
        except ValueError:
            continue
        if tongue and weight < asked <= 1:
            best, weight = tongue, asked
    return best


WORDS: Final = {
    key: Both(**entry)
    for key, entry in tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")).items()
}
