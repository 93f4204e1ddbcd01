"""The largest and the usual certificate of a template: what its code and its page must hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Final

from certificates.claims import INDICES, NAME, Claims, Value
from certificates.fonts import writable
from certificates.form import LAST_DAY, LAST_MONTH, FormField, Kind
from certificates.template import Template

USUAL_NAME: Final = 3
_LATEST: Final = 2**32 - 1
_TRIES: Final = 8
_LONGEST: Final = range(0x20000, 0x2F800)
"""Ideographs of four bytes, the compatibility ones left out: NFC would change them."""


def largest(template: Template) -> Iterator[Claims]:
    """Some certificates with everything as long as it may be, in characters that squeeze badly.

    They are the same each time. Raises ``FontsDiffer``.
    """
    for seed in range(_TRIES):
        yield _claims(template, random.Random(seed), NAME, {})


def usual(template: Template) -> Iterator[Claims]:
    """The same with a name of three characters and texts as long as ``issue.usual`` says."""
    for seed in range(_TRIES):
        yield _claims(template, random.Random(seed), USUAL_NAME, template.issue.usual)


def _claims(template: Template, rng: random.Random, name: int, lengths: dict[str, int]) -> Claims:
    return Claims(
        type=template.type,
        version=template.version,
        iat=_LATEST - 1,
        exp=_LATEST,
        cti=rng.randbytes(10),
        status=INDICES - 1,
        name=_text(rng, name),
        masked=f"{rng.randrange(10**6):06d}X",
        fields=tuple(_value(field, rng, lengths.get(field.id, field.max)) for field in template.fields),
        copy=template.issue.copies,
    )


def _value(field: FormField, rng: random.Random, length: int) -> Value:
    match field.kind:
        case Kind.TEXT:
            return _text(rng, length)
        case Kind.DATE:
            return LAST_DAY
        case Kind.MONTH:
            return LAST_MONTH
        case Kind.CHOICE:
            return max(field.choices, key=lambda number: (len(field.choices[number].zh), number))
        case _:
            return field.max


def _text(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(_rare(), k=length))


@cache
def _rare() -> tuple[str, ...]:
    """What paper can carry and DEFLATE squeezes least."""
    return tuple(chr(code) for code in sorted(writable().intersection(_LONGEST)))
