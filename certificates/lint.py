"""What is wrong with a folder of templates, before any of them is signed or issued.

The file rules are those of ``certificates.template``; here is what only shows
in use: whether the code of the largest certificate can be printed, whether its
page can be set, whether every word can be written in the pinned faces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from certificates import extremes, qr
from certificates.cbor import Malformed
from certificates.claims import Claims
from certificates.code import parts, sign
from certificates.fonts import glyphs_missing
from certificates.form import Kind, Said
from certificates.keys import FileKey
from certificates.library import SHIPPED, load_file
from certificates.sheet import LAYOUTS, NotSet, Sheet, pdf
from certificates.template import Paper, Template
from certificates.wording import PLACE

HOST: Final = "h" * 32
"""The longest host that the budget is reckoned with; with a longer one the codes grow."""

USUAL: Final = 13
"""QR version that the usual certificate may not pass, at level M."""

_HALL: Final = Said(zh="政" * 24, en="Hall")


def lint(folder: Path | None = None) -> list[str]:
    """One sentence for each fault in ``folder``, the file's name first; without one, of the shipped templates.

    Raises ``FontsDiffer``.
    """
    found, faults = [], []
    paths = sorted((folder or SHIPPED).glob("*.toml"))
    if not paths:
        return [f"{folder or SHIPPED}: no templates are here"]
    for path in paths:
        try:
            found.append(load_file(path))
        except Malformed as error:
            faults.append(str(error))
    faults += _together(found)
    for template in found:
        faults += [f"{template.kind}-{template.version}.toml: {fault}" for fault in _alone(template)]
    return faults


def _together(templates: list[Template]) -> Iterator[str]:
    """Kind, type and prefix belong together; versions count from 1 without gaps."""
    for what, key in (("kind", _kind), ("type", _type), ("prefix", _prefix)):
        for value, same in groupby(sorted(templates, key=key), key):
            if len({(each.kind, each.type, each.prefix) for each in same}) > 1:
                yield f"{what} {value}: stands with more than one kind, type or prefix"
    for kind, same in groupby(sorted(templates, key=_kind), _kind):
        versions = sorted(each.version for each in same)
        if versions != list(range(1, len(versions) + 1)):
            yield f"{kind}: versions {versions} do not count from 1 without gaps"


def _kind(template: Template) -> str:
    return template.kind


def _type(template: Template) -> str:
    return f"{template.type:05d}"


def _prefix(template: Template) -> str:
    return template.prefix


def _alone(template: Template) -> list[str]:
    faults = [*_wording(template), *_lengths(template)]
    if faults:
        return faults
    return [*_code(template), *_page(template)]


def _wording(template: Template) -> Iterator[str]:
    named, named_en = (set(PLACE.findall(text)) for text in (template.body.zh, template.body.en))
    for sentence in (template.body, template.note):
        for text in (sentence.zh, sentence.en):
            if set("{}") & set(PLACE.sub("", text)):
                yield "a brace that opens or closes no place"
            if "" in text.splitlines():
                yield "an empty paragraph"
    for place in sorted({"name", "number"} - named):
        yield f"the body does not say {{{place}}}"
    for field in template.fields:
        if not field.required and field.id in named | named_en:
            yield f"{{{field.id}}} may be empty and cannot stand in a sentence"
    if len(template.body.zh.splitlines()) != len(template.body.en.splitlines()):
        yield "the body has not as many paragraphs in English as in Chinese"
    for said in _all_said(template):
        if re.search(r"[\u2e80-\u9fff\uf900-\uffef]", said.en) or not re.search(r"[A-Za-z0-9]", said.en):
            yield f"{said.en[:40]!r} is not English"
    if len(template.body.en) < len(template.body.zh) or len(template.note.en) < len(template.note.zh):
        yield "the English says less than the Chinese"
    words = "".join([*(said.zh + said.en for said in _all_said(template)), template.issue.seal.text])
    if any(unicodedata.category(char) in ("Cf", "Co") for char in words):
        yield "a character that nobody can see"
    elif missing := glyphs_missing(words.replace("\n", "")):
        yield f"the faces cannot write {missing!r}"


def _all_said(template: Template) -> Iterator[Said]:
    yield from (template.title, template.issuer, template.issue.about)
    for sentence in (template.body, template.note):
        lines = zip(sentence.zh.splitlines(), sentence.en.splitlines(), strict=False)
        yield from (Said.model_construct(zh=zh, en=en) for zh, en in lines)
    for field in template.fields:
        yield field.label
        if field.ask is not None:
            yield field.ask
        yield from field.choices.values()


def _lengths(template: Template) -> Iterator[str]:
    texts = {field.id: field.max for field in template.fields if field.kind is Kind.TEXT}
    for name in sorted(texts.keys() ^ template.issue.usual.keys()):
        yield f"issue.usual: {name} must stand there exactly where it is a text"
    for name in sorted(texts.keys() & template.issue.usual.keys()):
        if template.issue.usual[name] > texts[name]:
            yield f"issue.usual: {name} is usually longer than it may be"


def _code(template: Template) -> Iterator[str]:
    largest, usual = (_version(each(template)) for each in (extremes.largest, extremes.usual))
    if largest is None:
        yield f"the largest certificate does not fit version {qr.LARGEST}-M"
    if usual is None or usual > USUAL:
        yield f"the usual certificate needs version {usual or f'over {qr.LARGEST}'}-M, more than {USUAL}-M"


def _version(certificates: Iterable[Claims]) -> int | None:
    """The largest version that ``certificates`` need; None where 16 is not enough."""
    key = FileKey.fresh()
    largest = 0
    for claims in certificates:
        try:
            address, digits = parts(sign(claims, key, b"lint"), claims.short_code, HOST)
            largest = max(largest, qr.version_for(len(address), len(digits)))
        except (Malformed, qr.TooLong):
            return None
    return largest


def _page(template: Template) -> Iterator[str]:
    if Paper.A4 not in template.issue.papers:
        return
    if not (LAYOUTS / f"{template.issue.layout}.typ").is_file():
        yield f"there is no layout {template.issue.layout}"
        return
    claims = next(extremes.largest(template))
    try:
        message = sign(claims, FileKey.fresh(), b"lint")
        pdf(Sheet(template, claims, message, HOST, _HALL, "机" * 16, "K" * 24, "2026-11-20 09:12"))
    except (Malformed, qr.TooLong):
        return  # said already: its code is too large
    except NotSet as error:
        yield f"the largest certificate does not fit its page: {error}"
