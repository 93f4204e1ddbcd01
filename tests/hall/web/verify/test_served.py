"""What the hall hands out for the verifier page, header by header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Client

from hall.web import SecurityHeaders, verify
from tests.hall.web.conftest import Address, Stage

SHORT = "7K3M9QX2WV5RT8NA"


@pytest.fixture
def phone(stage: Stage) -> Iterator[Client]:
    with stage.browser() as client:
        yield client


def files(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="(/verify/[^"]+)"', page))


def test_the_page_is_the_same_for_every_paper_and_for_none(phone: Client) -> None:
    pages = [phone.get(path) for path in (f"/C/{SHORT}", "/C/AAAA", "/C/", "/C/x/y", "/verify")]
    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    assert SHORT not in pages[0].text


def test_the_page_may_run_its_own_scripts_and_nothing_else(phone: Client) -> None:
    page = phone.get(f"/C/{SHORT}")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src 'self';" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["permissions-policy"].startswith("camera=(self), geolocation=(), microphone=()")
    assert "<script>" not in page.text
    assert not re.search(r'\son[a-z]+="|style="', page.text)


def test_only_the_decoder_may_run_webassembly(phone: Client) -> None:
    base = re.search(r'data-base="([^"]+)"', phone.get("/verify").text)
    assert base
    assert "'wasm-unsafe-eval'" in phone.get(f"{base[1]}/scan-worker.js").headers["content-security-policy"]
    assert "wasm" not in phone.get(f"{base[1]}/page.js").headers["content-security-policy"]
    assert phone.get(f"{base[1]}/zxing_reader.wasm").headers["content-type"] == "application/wasm"


def test_files_are_kept_for_ever_under_the_name_of_their_release(phone: Client) -> None:
    found = files(phone.get("/verify").text)
    assert len(found) > 20
    for name in found:
        file = phone.get(name)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["content-type"].split(";")[0] in ("text/javascript", "text/css")
    assert phone.get(re.sub(r"/verify/[0-9a-f]+/", "/verify/000000000000/", found.pop())).status_code == 404


def test_the_worker_names_what_it_keeps_and_may_serve_every_paper(phone: Client) -> None:
    worker = phone.get("/verify/worker.js")
    assert worker.headers["service-worker-allowed"] == "/"
    assert worker.headers["cache-control"] == "no-cache"
    first = worker.text.splitlines()[0]
    assert all(name in first for name in files(phone.get("/verify").text))
    assert "zxing" not in first
    assert "pdf" not in first


def test_small_letters_lead_to_the_page_and_leave_the_record_alone(phone: Client) -> None:
    answer = phone.get(f"/c/{SHORT.lower()}")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/C/{SHORT}")
    assert phone.get(f"/c/{SHORT}.json").status_code == 404  # the registry's, which does not answer here


def test_a_hall_without_npm_still_judges_but_cannot_scan(stage: Stage, address: Address, tmp_path: Path) -> None:
    app = FastAPI(openapi_url=None)
    settings = stage.hall.settings.model_copy(update={"node_modules": tmp_path})
    app.include_router(verify.routes(replace(stage.hall, settings=settings)))
    app.add_middleware(SecurityHeaders)
    address.app = app
    with stage.browser() as phone:
        page = phone.get("/verify").text
        assert all(phone.get(name).status_code == 200 for name in files(page))
        base = re.search(r'data-base="([^"]+)"', page)
        assert base
        assert phone.get(f"{base[1]}/zxing.js").status_code == 404


def test_every_word_of_the_page_stands_in_both_languages(phone: Client) -> None:
    base = re.search(r'data-base="([^"]+)"', phone.get("/verify").text)
    assert base
    words = phone.get(f"{base[1]}/words.json").json()
    assert all(set(said) == {"zh", "en"} for said in words["page"].values())
    used, labels = set(), set()
    for path in Path(verify.__file__).with_suffix("").glob("*.js"):
        used |= set(re.findall(r'\b(?:say|both)\(\s*"([a-z-]+)"', path.read_text("utf-8")))
        labels |= set(re.findall(r'\brow\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert used <= set(words["page"])
    assert labels <= set(words["rows"])
    assert not [name for name, said in words["page"].items() if name[:4] == "row-" and said in words["rows"].values()]
    icons = set(re.findall(r'<symbol id="([a-z-]+)"', phone.get("/verify").text))
    for told in words["results"].values():
        assert f"shape-{told['shape']}" in icons
        assert {advice["icon"] for advice in told["advice"]} <= icons
