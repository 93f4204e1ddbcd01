"""A PDF may do what it likes to whoever draws it, and for as long as it is let."""

from __future__ import annotations

import multiprocessing
import time
from itertools import islice

import numpy as np
import pytest

from devices.scanner import files
from devices.scanner.apart import pictures
from devices.scanner.files import Unreadable
from tests.devices.scanner.test_files import KINDS, SCENE, _pdf


def bomb(levels: int) -> bytes:
    """One page of a rectangle, drawn ten times ten times ten times …, in forms within forms."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        _stream(b"", b"/F Do"),
    ]
    for level in range(levels):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]" + inner, b"/F Do " * 10))
    objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]", b"0 0 100 100 re f"))
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def test_what_is_drawn_apart_is_what_is_drawn_here() -> None:
    for data in (_pdf(SCENE), KINDS["png"]):
        apart, here = list(pictures(data)), list(files.pictures(data))
        assert len(apart) == len(here)
        assert all(np.array_equal(one, other) for one, other in zip(apart, here, strict=True))


def test_a_page_without_end_is_given_up_and_nobody_draws_on() -> None:
    assert list(pictures(bomb(2)))
    others = set(multiprocessing.active_children())
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="too long"):
        list(pictures(bomb(12), seconds=0.5))
    assert time.monotonic() - begun < 60
    assert set(multiprocessing.active_children()) == others


def test_who_stops_looking_leaves_nobody_behind() -> None:
    others = set(multiprocessing.active_children())
    found = pictures(_pdf(SCENE, SCENE))
    assert len(list(islice(found, 1))) == 1
    assert len(multiprocessing.active_children()) == len(others) + 1
    del found
    assert set(multiprocessing.active_children()) == others


@pytest.mark.parametrize("data", [b"", b"%PDF-", b"%PDF-1.4\n", _pdf(SCENE)[:300]])
def test_what_is_no_pdf_says_so_from_there_too(data: bytes) -> None:
    with pytest.raises(Unreadable):
        list(pictures(data))
