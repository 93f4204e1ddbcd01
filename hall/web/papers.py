"""The page of certificates: found by what stands on the paper, taken back with a reason. For supervisors.

A name is shown to who says why they need it, and the trail keeps that.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from certificates.verdict import Why
from hall.certificates import registry
from hall.certificates.models import CertificateKey
from hall.certificates.reading import Reading, account_of
from hall.models import Trail
from hall.people import trail
from hall.poison import Poison
from hall.state import Hall
from hall.web.answered import PageRoute
from hall.web.entrance import Entrance, spoken
from hall.web.forms import Fields
from hall.web.pages import Pages
from hall.web.paper_view import View
from hall.web.sessions import SignedIn
from hall.web.words import say


def papers(hall: Hall, pages: Pages, entrance: Entrance) -> APIRouter:
    router = APIRouter(prefix="/staff/certificates", include_in_schema=False, route_class=PageRoute)

    def acting(request: Request, fields: dict[str, str]) -> SignedIn:
        entrance.supervisor(request)
        return entrance.acting(request, fields)

    def one(
        request: Request, person: SignedIn, short: str, notice: str = "", holder: tuple[str, str] | None = None
    ) -> Response:
        """The page of one certificate; 404 where there is none."""
        tongue = spoken(request)
        with hall.store.reading() as session:
            shown = View(session, hall, pages, tongue).certificate(short)
        if shown is None:
            return front(request, person, "no-certificate", 404)
        said = say(f"notice-{notice}", tongue) if notice else ""
        status = 400 if notice else 200
        return entrance.page(
            request, person, "certificate.html", status, here="certificates", paper=shown, notice=said, holder=holder
        )

    def front(request: Request, person: SignedIn, notice: str = "", status: int = 200) -> Response:
        tongue = spoken(request)
        with hall.store.reading() as session:
            desk = View(session, hall, pages, tongue).desk(hall.today())
        said = say(f"notice-{notice}", tongue) if notice else ""
        return entrance.page(request, person, "certificates.html", status, here="certificates", desk=desk, notice=said)

    @router.get("")
    def show(request: Request) -> Response:
        return front(request, entrance.supervisor(request))

    @router.post("/find")
    def find(request: Request, fields: Fields) -> Response:
        """By POST: what stands on somebody's paper is in no address and no history."""
        person = acting(request, fields)
        with hall.store.reading() as session:
            short = registry.meant(session, hall.templates, fields.get("what", ""))
        return one(request, person, short) if short else front(request, person, "no-certificate", 404)

    @router.post("/revoke")
    def revoke(request: Request, fields: Fields) -> Response:
        person, short = acting(request, fields), fields.get("short", "")
        try:
            with hall.store.writing() as session:
                why = Why(fields.get("why", ""))
                registry.revoke(session, hall, short, why, fields.get("note", "").strip(), person.name)
        except LookupError:
            raise HTTPException(404) from None
        except ValueError:
            return one(request, person, short, "no-why")
        return one(request, person, short)

    @router.post("/open")
    def open_one(request: Request, fields: Fields) -> Response:
        """The holder's name and masked number, once, to who gives a reason."""
        person, short = acting(request, fields), fields.get("short", "")
        reason = fields.get("reason", "").strip()
        if not 1 <= len(reason) <= registry.LONGEST_NOTE or not reason.isprintable():
            return one(request, person, short, "no-reason")
        with hall.store.writing() as session:
            entry = registry.find(session, short)
            if entry is None:
                raise HTTPException(404)
            session.add(Trail(at=hall.now(), clerk=person.name, verb="open_certificate", ticket=short, detail=reason))
            first = entry.copies[0]
            key = session.get_one(CertificateKey, first.kid)
            try:
                opened = Reading(hall.keys.seal, hall.templates).opened(first.sealed, short, first.digest, key)
            except Poison:
                opened = None
            if opened and (account := account_of(session, hall, entry.certificate, opened.number)):
                what: tuple[trail.What, ...] = ("name", "number", "certificates")
                clerk = trail.Who("clerk", person.name)
                trail.read(session, account, hall.now(), clerk, what, "certificate-opened", short)
        if opened is None:
            return one(request, person, short, holder=("", say("holder-gone", spoken(request))))
        return one(request, person, short, holder=(opened.claims.name, opened.claims.stars))

    return router
