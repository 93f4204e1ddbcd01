"""The way from a page of ours to a channel: straight where there is one, by a choice where there are several."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from hall.phone import doors
from hall.phone.doors import Opened
from hall.phone.site import BACK, Site, keep, onward
from hall.web.answered import PageRoute

CHOOSE: Final = "/phone/by"


def begun(site: Site, opened: Opened) -> Response:
    """Send the browser of a fresh door on its way."""
    channel = site.channels[opened.door.channel]
    alone = len(site.channels) == 1
    response = onward(channel.authorise_url(site.hall.settings.url + BACK, opened.state) if alone else CHOOSE)
    keep(response, doors.COOKIE, opened.cookie)
    return response


def ways(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall = site.hall

    @router.get(CHOOSE)
    def choose(request: Request) -> Response:
        site.admitted(request)
        names = {name: site.channel(request, name) for name in site.channels}
        return site.page(request, "phone_by.html", names=names, here=CHOOSE)

    @router.get(CHOOSE + "/{name}")
    def by(name: str, request: Request) -> Response:
        """Until it came back, a browser may go another way."""
        site.admitted(request)
        with hall.store.writing() as session:
            door = doors.of(session, request.cookies.get(doors.COOKIE, ""), hall.now())
            if door is None or door.state is None or door.step != "account" or name not in site.channels:
                return site.word(request, "stale", 404)
            door.channel, state = name, doors.sent(door, "account")
        return onward(site.channels[name].authorise_url(hall.settings.url + BACK, state))

    return router
