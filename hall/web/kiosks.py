"""The kiosks' page, and the way back for one that was shut out."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup
from starlette.responses import Response

from certificates import qr
from hall import enrol
from hall.models import Kiosk, Standing, Trail
from hall.state import Hall
from hall.web.answered import PageRoute
from hall.web.entrance import Entrance, spoken
from hall.web.fleet import fleet
from hall.web.forms import Fields


def kiosks(hall: Hall, entrance: Entrance) -> APIRouter:
    router = APIRouter(prefix="/staff/kiosks", include_in_schema=False, route_class=PageRoute)

    @router.get("")
    def show(request: Request) -> Response:
        person = entrance.person(request)
        with hall.store.reading() as session:
            rows = fleet(session, spoken(request), hall.today(), hall.now())
        return entrance.page(request, person, "kiosks.html", here="kiosks", fleet=rows)

    @router.post("/{kiosk}/release")
    def release(kiosk: str, request: Request, fields: Fields) -> Response:
        """A one-time code with which a quarantined kiosk enrols again, in a new epoch. It is shown once."""
        entrance.supervisor(request)
        person = entrance.acting(request, fields)
        with hall.store.writing() as session:
            known = session.get(Kiosk, kiosk)
            if known is None:
                raise HTTPException(404)
            if known.state is not Standing.QUARANTINED or fields.get("epoch") != str(known.epoch):
                raise HTTPException(409)
            place = enrol.Place(known.place_zh, known.place_en)
            code, _ = enrol.code(session, hall.keys.fingerprint, hall.settings.code, hall.now(), place, kiosk=known.id)
            session.add(Trail(at=hall.now(), clerk=person.name, verb="release", detail=known.id))
        picture = Markup(qr.svg(qr.of_text(enrol.said(code, hall.settings.url)).rows))
        return entrance.page(request, person, "release.html", here="kiosks", kiosk=known.id, code=code, picture=picture)

    return router
