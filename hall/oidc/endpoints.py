"""Everything that a department and the browser of a person ask of the hall to sign in."""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi import APIRouter

from hall.oidc.entry import entry
from hall.oidc.exchange import exchange
from hall.oidc.service import serve
from hall.state import Hall
from hall.web.pages import Pages


def routes(hall: Hall, monotonic: Callable[[], float] = time.monotonic) -> APIRouter:
    """The provider of ``hall``. ``monotonic`` paces who asks too often, in seconds."""
    service, pages = serve(hall), Pages(hall)
    router = APIRouter()
    router.include_router(exchange(service, monotonic))
    router.include_router(entry(service, pages, monotonic))
    return router
