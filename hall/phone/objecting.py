"""The link in a message: not me, stop it. Whoever holds a phone of the account can, without signing in."""

from __future__ import annotations

import re
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from hall.binding import bindings
from hall.binding.messages import OBJECTION
from hall.people import trail
from hall.phone.site import Site
from hall.web.answered import PageRoute
from hall.web.forms import Fields

_TOKEN: Final = re.compile(r"[A-Z2-7]{26}")


def objecting(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall = site.hall

    @router.get(OBJECTION + "{secret}")
    def look(secret: str, request: Request) -> Response:
        site.admitted(request)
        with hall.store.reading() as session:
            found = bindings.objected_by(session, secret, hall.now()) if _TOKEN.fullmatch(secret) else None
        if found is None:
            site.guessed(request)
            return site.word(request, "no-objection", 404)
        if found.ended is None:  # which of the person's phones holds the link is not known
            with hall.store.writing() as session:
                trail.read(session, found.account, hall.now(), trail.Who("phone"), ("bindings",), "objection")
        return site.page(
            request,
            "phone_object.html",
            ended=found.ended is not None,
            shown=found.shown,
            channel=site.channel(request, found.channel),
            since=f"{site.pages.moment(found.since):%m-%d %H:%M}",
            action=OBJECTION + secret,
        )

    @router.post(OBJECTION + "{secret}")
    def stop(secret: str, request: Request, fields: Fields) -> Response:
        """The secret is what the form proves itself by: no other site knows it."""
        site.admitted(request)
        with hall.store.writing() as session:
            found = bindings.objected_by(session, secret, hall.now()) if _TOKEN.fullmatch(secret) else None
            if found is not None:
                bindings.end(session, found, "objected", hall.now())
        if found is None:
            site.guessed(request)
            return site.word(request, "no-objection", 404)
        return site.word(request, "objected", 200)

    return router
