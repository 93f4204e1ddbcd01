"""The hall's pages: the calling desk, the kiosks and the trail for staff; the follow-me page and the verifier for all.

``routes`` gives them all; the application adds ``SecurityHeaders`` around itself.
Plain HTML forms do everything; the scripts only refresh what is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi import APIRouter

from hall.state import Hall
from hall.web import verify
from hall.web.conflicts import conflicts
from hall.web.console import console
from hall.web.delivered import Delivered
from hall.web.entrance import Entrance
from hall.web.follow import follow
from hall.web.guard import SecurityHeaders
from hall.web.kiosks import kiosks
from hall.web.pages import Pages, static
from hall.web.papers import papers
from hall.web.signin import signin
from hall.web.trail import trail

__all__ = ["SecurityHeaders", "routes"]


def routes(hall: Hall, monotonic: Callable[[], float] = time.monotonic) -> APIRouter:
    """Every page of ``hall``, its style sheets and its scripts. ``monotonic`` paces who asks too often, in seconds."""
    pages, delivered = Pages(hall), Delivered()
    entrance = Entrance(hall, pages)
    router = APIRouter()
    for part in (
        static(),
        signin(hall, pages, entrance, monotonic),
        console(hall, pages, entrance, delivered),
        kiosks(hall, entrance),
        papers(hall, pages, entrance),
        conflicts(hall, pages, entrance),
        trail(hall, pages, entrance),
        follow(hall, pages, delivered, monotonic),
        verify.routes(hall),
    ):
        router.include_router(part)
    return router
