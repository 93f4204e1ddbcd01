"""The words of a verdict, the same on the page, on the command line and on the kiosk."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import Field, model_validator

from certificates.form import Line, Said, Strict
from certificates.verdict import RESULT_OF, SHOWS_CONTENT, Content, Reason, Result, Revoked, Verdict, Why
from certificates.wording import PLACE

_FILE: Final = Path(__file__).with_name("results.toml")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_HOURS_UNTIL: Final = 2 * _DAY
"""Up to two days an age is told in hours."""

PLACES: Final = frozenset({"issuer", "number", "until"})
"""What a sentence may name, where the content may be shown."""

Shape = Literal[
    "circle-check",
    "hourglass",
    "circle-slash",
    "circle-check-dashed",
    "circle-question-dashed",
    "octagon-x",
    "octagon-question",
    "circle",
    "scan-frame",
    "clock",
]
"""The outline that tells a result without its colour."""


class AdviceSaid(Strict):
    """What to do now, and why or how."""

    icon: Line
    title: Said
    line: Said


class ResultSaid(Strict):
    """One result. ``tone`` is ``ok``, ``warn``, ``bad`` or ``plain``."""

    result: Result
    shape: Shape
    tone: Literal["ok", "warn", "bad", "plain"]
    word: Said
    sentence: Said
    advice: Annotated[tuple[AdviceSaid, ...], Field(min_length=1, max_length=2)]


class ReasonSaid(Strict):
    reason: Reason
    said: Said


class AgeSaid(Strict):
    """``line`` holds ``{age}``; the plurals hold ``{n}``."""

    line: Said
    moment: Said
    minute: Said
    minutes: Said
    hour: Said
    hours: Said
    days: Said


class RowsSaid(Strict):
    """What stands before the rows that every certificate has; ``original`` and ``reprint`` hold ``{n}``."""

    title: Said
    issuer: Said
    number: Said
    name: Said
    stars: Said
    issued: Said
    until: Said
    copy_: Annotated[Said, Field(alias="copy")]
    original: Said
    reprint: Said


class RevokedSaid(Strict):
    """What stands before the day and the reason of a revocation, and the reasons."""

    at: Said
    why: Said
    reasons: dict[Why, Said]


class ResultWords(Strict):
    not_the_holder: Said
    not_asked: Said
    rows: RowsSaid
    revoked: RevokedSaid
    age: AgeSaid
    results: tuple[ResultSaid, ...]
    reasons: tuple[ReasonSaid, ...]

    @model_validator(mode="after")
    def _whole(self) -> ResultWords:
        if [each.result for each in self.results] != list(Result):
            raise ValueError("each result once, in the format's order")
        if [each.reason for each in self.reasons] != list(Reason):
            raise ValueError("each reason once, in the order of the checks")
        if list(self.revoked.reasons) != list(Why):
            raise ValueError("each reason of a revocation once")
        for each in self.results:
            always = all(reason in SHOWS_CONTENT for reason, result in RESULT_OF.items() if result is each.result)
            for text in (each.sentence.zh, each.sentence.en):
                if set(PLACE.findall(text)) - (PLACES if always else frozenset()):
                    raise ValueError(f"{each.result} names what is not known")
        return self


@cache
def wording() -> ResultWords:
    """The words, read once. A wrong file raises at once: it is part of the program."""
    return ResultWords.model_validate(tomllib.loads(_FILE.read_text("utf-8")))


def result_said(result: Result) -> ResultSaid:
    return next(each for each in wording().results if each.result is result)


def reason_said(reason: Reason) -> Said:
    return next(each.said for each in wording().reasons if each.reason is reason)


def sentence(verdict: Verdict) -> Said:
    """The sentence below the word, with what is known of the certificate in it."""
    said = result_said(verdict.result).sentence
    known = _known(verdict.content) if verdict.content else {}
    return Said.model_construct(
        zh=PLACE.sub(lambda place: known[place[1]].zh, said.zh), en=PLACE.sub(lambda place: known[place[1]].en, said.en)
    )


def age(seconds: int) -> Said:
    """``3 小时`` / ``3 hours``, rounded down. An age below zero (two honest clocks differ) is less than a minute."""
    said = wording().age
    if seconds < _MINUTE:
        return said.moment
    if seconds < _HOUR:
        return _counted(seconds // _MINUTE, said.minute, said.minutes)
    if seconds < _HOURS_UNTIL:
        return _counted(seconds // _HOUR, said.hour, said.hours)
    return _counted(seconds // _DAY, said.days, said.days)


def list_age(verdict: Verdict) -> Said | None:
    """How old the revocation list is that the verdict rests on; None where it rests on none."""
    if verdict.list_age_s is None:
        return None
    line, old = wording().age.line, age(verdict.list_age_s)
    return Said(zh=line.zh.replace("{age}", old.zh), en=line.en.replace("{age}", old.en))


class Row(NamedTuple):
    """``what`` it tells: ``name``, ``until``, … or ``field``. ``strong``: look here first."""

    what: str
    label: Said
    value: Said
    strong: bool = False


def rows(content: Content) -> list[Row]:
    """Everything that stands on the paper, in its order."""
    said = wording().rows
    copy = _counted(content.copy, said.original, said.reprint)
    return [
        Row("title", said.title, content.title),
        Row("issuer", said.issuer, content.issuer),
        Row("number", said.number, _same(content.number)),
        Row("name", said.name, _same(content.name), strong=True),
        Row("stars", said.stars, _same(content.stars), strong=True),
        *(Row("field", label, value) for label, value in content.rows),
        Row("issued", said.issued, content.issued_on),
        Row("until", said.until, content.last_day),
        Row("copy", said.copy_, copy, strong=content.copy > 1),
    ]


def shown(verdict: Verdict) -> list[Row]:
    """What a verifier shows of a paper: what is known of its end, and its rows, but for what the sentence said.

    Nothing where nothing may be shown.
    """
    if verdict.content is None:
        return []
    expired = verdict.result is Result.EXPIRED
    told = "{issuer}" in result_said(verdict.result).sentence.zh
    every = [
        row._replace(strong=row.strong or (expired and row.what == "until"))
        for row in rows(verdict.content)
        if not (told and row.what == "issuer")
    ]
    return [*_end(verdict.revoked), *every]


def _end(known: Revoked | None) -> list[Row]:
    told = wording().revoked
    if known is None:
        return []
    why = [Row("why", told.why, told.reasons[known.why], strong=True)] if known.why else []
    return [Row("revoked", told.at, known.day, strong=True), *why]


def warning(verdict: Verdict) -> Said | None:
    """What a verdict that shows content does not prove."""
    return wording().not_the_holder if verdict.content else None


def not_asked(verdict: Verdict) -> Said | None:
    """That a valid paper was not looked up in the hall's registry, where it was not."""
    return wording().not_asked if verdict.result is Result.VALID and not verdict.asked else None


def words() -> dict[str, Any]:
    """All words as JSON, results and reasons by their names: what the page is served."""
    said = wording().model_dump(mode="json", by_alias=True)
    for each, key in (("results", "result"), ("reasons", "reason")):
        said[each] = {entry.pop(key): entry for entry in said[each]}
    said["reasons"] = {reason: entry["said"] for reason, entry in said["reasons"].items()}
    return said


def _known(content: Content) -> dict[str, Said]:
    return {"issuer": content.issuer, "number": _same(content.number), "until": content.last_day}


def _same(text: str) -> Said:
    return Said(zh=text, en=text)


def _counted(n: int, one: Said, many: Said) -> Said:
    said = one if n == 1 else many
    return Said(zh=said.zh.replace("{n}", str(n)), en=said.en.replace("{n}", str(n)))
