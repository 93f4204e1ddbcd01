"""What anybody may fetch of technicians: the list of certificates that were taken back."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from hall.certificates.public import answered
from hall.state import Hall
from hall.technicians import revocations

CRL: Final = "application/pkix-crl"
"""RFC 2585, section 4.2."""


def routes(hall: Hall) -> APIRouter:
    """The list, beside those of ``hall.certificates.public``."""
    router = APIRouter()

    @router.get("/lists/technicians.crl", response_class=Response, include_in_schema=False)
    def technicians(request: Request) -> Response:
        with hall.store.reading() as session:
            data = None if revocations.due(session, hall) else revocations.document(session)
        if data is None:
            with hall.store.writing() as session:
                if revocations.due(session, hall):  # nobody else was faster
                    revocations.publish(session, hall)
                data = revocations.document(session)
        return answered(request, data, CRL)

    return router
