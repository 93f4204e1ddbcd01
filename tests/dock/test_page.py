"""What is read off a page for a phone, and that what the dock calls printed is what the chip's lines say."""

from __future__ import annotations

import pytest

from devices.passport.mrz import access_key, key_in
from tests.dock.documents import DOCUMENTS, Document
from tests.dock.page import Offer, Page, page_of

NUMBER = """<!doctype html><html lang="en"><head><title>Bind</title>
<meta http-equiv="refresh" content="3; url=/phone/bind?lang=en"></head><body>
<header class="top"><strong>The hall</strong><a href="?lang=zh">中文</a></header>
<section class="banner"><p class="state"><svg><path d="M0"/></svg><span>Bind a phone</span></p>
<h1>Type this</h1><p class="digits" aria-label="digits"><b>4</b><b>8</b><b>2</b><b>1</b></p>
<p>Until <b>1230</b></p></section>
<main><dl class="rows"><div><dt>Holder</dt><dd>王*明</dd></div></dl>
<form method="post" action="/phone/bind/refuse"><input type="hidden" name="csrf" value="stamp">
<button class="key"><svg/>Not me</button></form><p>Look <a href="/help">here</a></p></main></body></html>"""


def test_a_page_is_read_as_its_number_its_rows_and_its_keys() -> None:
    assert page_of(NUMBER) == Page(
        title="Type this",
        number="4821",
        words=("Bind a phone", "Until 1230", "Look here"),
        rows=(("Holder", "王*明"),),
        offers=(Offer("Not me", "/phone/bind/refuse", (("csrf", "stamp"),)),),
        again=(3, "/phone/bind?lang=en"),
    )


def test_a_key_that_is_a_link_and_a_button_with_a_value_are_offers_too() -> None:
    page = page_of(
        '<section class="banner ok"><h1>Bound</h1></section><main><a class="key primary" href="/me">Mine</a>'
        '<form method="post" action="/stop"><button class="key" name="stop" value="yes">Stop</button></form></main>'
    )
    assert (page.tone, page.again) == ("ok", None)
    assert page.offers == (Offer("Mine", "/me"), Offer("Stop", "/stop", (("stop", "yes"),)))


@pytest.mark.parametrize(
    "broken", ["", "<dd>x", "</p></b>", "<form><button>", "<b>1</b><b>2</b>", "\x00<a class=key>x"]
)
def test_a_broken_page_shows_no_number_and_offers_nothing(broken: str) -> None:
    page = page_of(broken)
    assert (page.number, page.offers) == ("", ())


@pytest.mark.parametrize("document", [each for each in DOCUMENTS if each.person], ids=lambda each: each.name)
def test_what_the_dock_shows_to_type_is_what_the_lines_say(document: Document) -> None:
    assert document.person is not None
    number, birth, expiry = (part.replace("-", "") for part in document.printed.split(" · "))
    scanned = key_in(document.person.lines[1].encode())
    assert access_key(number, birth[2:], expiry[2:]) == scanned
