"""The OpenAPI document tells the truth: schemathesis asks everything it describes, rightly and wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from requests.auth import AuthBase
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.hall.terminal import Terminal, enrolment
from tests.stand.hall import RunningHall

schemathesis.serializer.alias("application/cbor", "application/octet-stream")

PATHS = (
    "/v1/ca",
    "/v1/enrol",
    "/v1/events",
    "/v1/heartbeat",
    "/v1/bundle",
    "/v1/day",
    "/v1/leases",
    "/v1/indices",
    "/v1/certificate-key",
    "/v1/record",
    "/v1/account",
    "/v1/me",
    "/v1/me/older",
    "/v1/bind/begin",
    "/v1/bind/number",
    "/v1/bind/confirm",
    "/v1/unbind",
)


@dataclass
class Site:
    schema: schemathesis.BaseSchema
    terminal: Terminal
    ca: str


class Signed(AuthBase):
    """Signs whatever is asked, as a kiosk would."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        headers = self._terminal.headers(str(request.method), request.path_url, bytes(body))
        request.headers.update({name: value for name, value in headers.items() if name != "content-type"})
        return request


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("openapi")
    with RunningHall(folder, requests_per_second=100_000, enrolments_per_minute=1_000_000) as hall:
        config = SchemathesisConfig.from_dict(
            {
                # CBOR is more than OpenAPI can say: bytes that are none are refused.
                "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "413"]}},
            }
        )
        schema = schemathesis.openapi.from_url(f"{hall.url}/openapi.json", verify=str(hall.ca), config=config)
        key = ec.generate_private_key(ec.SECP256R1())
        answer = requests.post(
            f"{hall.url}/v1/enrol", json=enrolment(hall.code(), key), verify=str(hall.ca), timeout=10
        )
        yield Site(schema, Terminal(key, answer.json(), f"localhost:{hall.port}"), str(hall.ca))
        assert not (folder / "hall.err").read_bytes()


def ask(site: Site, operation: Any, mode: GenerationMode, auth: AuthBase | None = None) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate(verify=site.ca, auth=auth)

    check()


@pytest.mark.parametrize("path", PATHS)
def test_whatever_anybody_asks_is_answered_as_documented(site: Site, path: str) -> None:
    for operation in site.schema[path].values():
        ask(site, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", PATHS)
def test_whatever_a_kiosk_asks_is_answered_as_documented(site: Site, path: str) -> None:
    for operation in site.schema[path].values():
        ask(site, operation, GenerationMode.POSITIVE, Signed(site.terminal))


def test_an_enrolment_that_breaks_the_schema_is_refused_as_documented(site: Site) -> None:
    ask(site, site.schema["/v1/enrol"]["POST"], GenerationMode.NEGATIVE)


def test_all_requests_of_a_kiosk_are_described_and_no_page_loads_from_elsewhere(site: Site) -> None:
    assert set(site.schema.raw_schema["paths"]) == set(PATHS)
    base = f"https://{site.terminal.host}"
    for page in ("/docs", "/redoc"):
        assert requests.get(base + page, verify=site.ca, timeout=10).status_code == 404
