"""The composition of the hall: the only module that puts its parts together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from certificates.library import load as load_templates
from hall import api, authority, bundles, web
from hall.binding import requests as binding
from hall.binding.tries import Numbers
from hall.catalogue import SHIPPED
from hall.catalogue import load as load_catalogue
from hall.certificates import issuers, library, lookup, public, publishing, requests
from hall.certificates.records import DEMO, FileRecords
from hall.channels import table
from hall.limits import Bucket, Limits
from hall.oidc import endpoints as oidc
from hall.people import requests as people
from hall.phone import pages as phone
from hall.refusal import Refusal
from hall.settings import Settings
from hall.state import Catalogue, Hall
from hall.store import Store
from hall.technicians import public as technicians


def utc_now() -> datetime:
    return datetime.now(UTC)


def compose(settings: Settings, catalogue: Catalogue | None = None, clock: Callable[[], datetime] = utc_now) -> Hall:
    """The parts of the hall in ``settings.data``, made there by ``hall init``."""
    store = Store(settings.database)
    store.migrate()
    with store.writing() as session:
        templates = library.adopt(session, load_templates())
    hall = Hall(
        settings=settings,
        store=store,
        keys=authority.load(settings.keys, settings.hosts, clock()),
        catalogue=catalogue or load_catalogue(settings.catalogue or SHIPPED),
        clock=clock,
        templates=templates,
    )
    issuers.create(settings.keys, (each.issuer.zh for each in templates.values()), clock())
    with hall.store.writing() as session:
        bundles.publish(session, hall)
        bundles.sheet_version(session, hall)
        publishing.publish(session, hall)
    return hall


def create_app(hall: Hall) -> FastAPI:
    """The hall's web application: kiosks under /v1, staff and citizens beside it."""
    app = FastAPI(
        title="Keting hall",
        version="1",
        description="What kiosks, staff and citizens ask of the hall. docs/sync.md tells the kiosk's part.",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(api.routes(hall))
    app.include_router(requests.routes(hall, FileRecords(hall.settings.records or DEMO, hall.today)))
    app.include_router(people.routes(hall))
    channels, numbers = table.opened(hall.settings.channels, hall.settings.data), Numbers()
    app.include_router(binding.routes(hall, channels, numbers))
    app.include_router(phone.routes(hall, channels, numbers))
    app.include_router(public.routes(hall))
    app.include_router(technicians.routes(hall))
    app.include_router(lookup.routes(hall))
    app.include_router(oidc.routes(hall))
    app.include_router(web.routes(hall))
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(
        Limits,
        requests=Bucket(hall.settings.requests_per_second),
        enrolments=Bucket(hall.settings.enrolments_per_minute / 60),
    )
    app.add_middleware(web.SecurityHeaders)
    return app


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    headers = {"retry-after": str(error.retry_after)} if error.retry_after is not None else {}
    return JSONResponse({"error": error.word}, error.status, headers)


def _malformed(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": "malformed"}, 400)


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "not-found", 405: "method"}
    return JSONResponse({"error": words.get(error.status_code, "malformed")}, error.status_code, error.headers)


def _broken(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": "broken"}, 500)
