"""All pages for phones that are bound, or are about to be."""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi import APIRouter

from hall.binding.tries import Numbers
from hall.channels import Channels
from hall.phone.my_page import my_page
from hall.phone.objecting import objecting
from hall.phone.returning import returning
from hall.phone.scanning import scanning
from hall.phone.site import Site
from hall.phone.ways import ways
from hall.state import Hall
from hall.web.pages import Pages


def routes(
    hall: Hall, channels: Channels, numbers: Numbers, monotonic: Callable[[], float] = time.monotonic
) -> APIRouter:
    """``numbers`` are those that kiosks compare with. ``monotonic`` paces who asks too often, in seconds."""
    site = Site(hall, Pages(hall), channels, numbers, monotonic)
    router = APIRouter()
    for part in (scanning(site), ways(site), returning(site), objecting(site), my_page(site)):
        router.include_router(part)
    return router
