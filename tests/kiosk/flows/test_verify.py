"""A paper under the scanner: genuine or not, and nothing of it stays."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from certificates import code
from certificates.results import result_said
from certificates.verdict import Result
from devices.scanner import Fault
from kiosk import say
from kiosk.flows import card, verify
from kiosk.opening import Closed
from kiosk.steps import Cancelled, WentHome
from kiosk.visitor import Visitor
from screens.pages import GENUINE, Home, Nav, Page, ScanCode, Verdict, Verified
from tests.certificates.hall_stand import DAY
from tests.kiosk.authority import HOST, KID, NOW, Bureau, id_card
from tests.kiosk.flows.certificates import HOLDER, PRINT, TAKEN, to_preview
from tests.kiosk.play import Turn, play


@pytest.fixture
def text(bureau: Bureau) -> str:
    """The code of a certificate of this kiosk; the hall's registry knows it."""
    play(card.visit(bureau.desk(), HOLDER), *to_preview(), PRINT, *TAKEN)
    (event,) = bureau.events("certificate.issued")
    short = event.body["id"]
    bureau.far.registry[short] = json.dumps({"registered": True}).encode()
    bureau.far.asked.clear()
    return code.text(bureau.message_of(event), short, HOST)


def checked(bureau: Bureau, *script: Turn) -> list[Page[Any]]:
    return play(verify.visit(bureau.desk(), Visitor()), *script)


def judged(bureau: Bureau, scanned: bytes | Fault) -> Verified:
    """What the screen says of one paper."""
    page = checked(bureau, (ScanCode, scanned), (Verified, None))[-1]
    assert isinstance(page, Verified)
    return page


def forged(text: str) -> str:
    """The same certificate by a key that nobody listed under this name."""
    address, _, digits = text.partition("#")
    data = int(digits).to_bytes((int(digits).bit_length() + 7) // 8)
    return f"{address}#{int.from_bytes(data[:-1] + bytes([data[-1] ^ 1]))}"


def test_a_genuine_paper_shows_what_it_says_with_the_name_masked(bureau: Bureau, text: str) -> None:
    page = judged(bureau, text.encode())
    assert page.result is Verdict.VALID
    assert (page.word.zh, page.name, page.name_full) == ("真实有效", "王*明", "王小明")
    rows = {row.label.zh: row.value.zh for row in page.rows}
    assert rows["证明"] == "居住证明"
    assert rows["证件号"].count("*") == 11
    assert rows["居住自"] == "2019年3月5日"
    assert not any("王小明" in str(row.value) for row in page.rows)
    assert "1 小时" in page.notes[0].zh


def test_the_same_words_as_everywhere(bureau: Bureau, text: str) -> None:
    page = judged(bureau, text.encode())
    said = result_said(Result.VALID)
    assert (page.word.zh, page.word.en) == (said.word.zh, said.word.en)
    assert [advice.title.zh for advice in page.advice] == [advice.title.zh for advice in said.advice]


def test_of_a_forged_paper_nothing_is_shown(bureau: Bureau, text: str) -> None:
    page = judged(bureau, forged(text).encode())
    assert page.result is Verdict.FORGED
    assert (page.rows, page.name, page.name_full) == ((), "", "")
    assert [check.ok for check in page.checks] == [False]


@pytest.mark.parametrize(
    ("scanned", "result"),
    [
        (b"https://shop.example/item?id=7", Verdict.NOT_OURS),
        (b"KT-BOOKING QZ7R4M2K6W3T5Y8P", Verdict.NOT_OURS),
        ("微信名片".encode(), Verdict.NOT_OURS),
        (bytes(range(256)), Verdict.NOT_OURS),
        (b"", Verdict.NOT_OURS),
        (f"HTTPS://HALL.EXAMPLE/C/{'0' * 16}#1".encode(), Verdict.NOT_OURS),
        (f"HTTPS://{HOST.upper()}/C/{'0' * 16}".encode(), Verdict.UNREADABLE),
        (f"HTTPS://{HOST.upper()}/C/{'0' * 16}#1".encode(), Verdict.FORGED),
        (Fault.CODE_TOO_LONG, Verdict.NOT_OURS),
    ],
    ids=range(9),
)
def test_another_code_is_named_for_what_it_is(bureau: Bureau, scanned: bytes | Fault, result: Verdict) -> None:
    page = judged(bureau, scanned)
    assert page.result is result
    assert page.rows == ()


@pytest.mark.parametrize(
    ("fault", "problem"), [(Fault.TWO_CODES, say.SCAN_TWO), (Fault.SCANNER_GONE, Closed(say.SCANNER_LOST, "S101").said)]
)
def test_what_the_scanner_cannot_tell_is_said_and_it_looks_on(
    bureau: Bureau, text: str, fault: Fault, problem: object
) -> None:
    pages = checked(bureau, (ScanCode, fault), (ScanCode, text.encode()), (Verified, None))
    first, second, _ = pages
    assert isinstance(first, ScanCode)
    assert isinstance(second, ScanCode)
    assert (first.problem, second.problem) == (None, problem)


def test_one_paper_after_the_other(bureau: Bureau, text: str) -> None:
    pages = checked(
        bureau,
        (ScanCode, Fault.TWO_CODES),
        (ScanCode, text.encode()),
        (Verified, "again"),
        (ScanCode, forged(text).encode()),
        (Verified, "again"),
        (ScanCode, Nav.BACK),
    )
    assert [page.result for page in pages if isinstance(page, Verified)] == [Verdict.VALID, Verdict.FORGED]
    assert [page.problem for page in pages if isinstance(page, ScanCode)] == [None, say.SCAN_TWO, None, None]


@pytest.mark.parametrize("end", [Nav.BACK, WentHome()], ids=str)
def test_back_and_home_end_it_from_the_waiting_screen(bureau: Bureau, text: str, end: Any) -> None:
    checked(bureau, (ScanCode, end))
    checked(bureau, (ScanCode, text.encode()), (Verified, end))


def test_with_a_card_it_leads_back_to_the_first_page(bureau: Bureau, text: str) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(bureau.desk(), Visitor(id_card())),
            (Home, "verify"),
            (ScanCode, text.encode()),
            (Verified, Nav.BACK),
            (Home, Cancelled()),
        )


# The hall.


def test_online_the_registry_is_asked_for_the_signed_name_only(bureau: Bureau, text: str) -> None:
    short = text.partition("/C/")[2][:16]
    assert judged(bureau, text.encode()).result is Verdict.VALID
    assert [address.partition("?")[0] for address in bureau.far.asked] == [f"/c/{short}.json"]


def test_a_paper_that_the_registry_does_not_know_is_genuine_and_not_yet_registered(bureau: Bureau, text: str) -> None:
    short = text.partition("/C/")[2][:16]
    bureau.far.registry[short] = b'{"registered": false}'
    page = judged(bureau, text.encode())
    assert (page.result, page.name) == (Verdict.NOT_YET_REGISTERED, "王*明")


def test_offline_nobody_is_asked(bureau: Bureau, text: str) -> None:
    bureau.machine = replace(bureau.machine, online=False)
    assert judged(bureau, text.encode()).result is Verdict.VALID
    assert bureau.far.asked == []


def test_of_a_forged_paper_the_registry_is_not_asked(bureau: Bureau, text: str) -> None:
    judged(bureau, forged(text).encode())
    assert bureau.far.asked == []


@pytest.mark.parametrize("answer", [b"", b"null", b"[]", b"{}", b'{"registered": "no"}', b"\xff", b"[" * 4_000])
def test_an_answer_that_is_none_changes_nothing(bureau: Bureau, text: str, answer: bytes) -> None:
    bureau.far.registry = dict.fromkeys(bureau.far.registry, answer)
    assert judged(bureau, text.encode()).result is Verdict.VALID


def test_a_hall_out_of_reach_changes_nothing(bureau: Bureau, text: str) -> None:
    bureau.far.away = True
    assert judged(bureau, text.encode()).result is Verdict.VALID


def test_what_the_hall_revoked_and_cut_off_is_shown_from_the_next_lists_on(bureau: Bureau, text: str) -> None:
    (claims,) = bureau.on_record()
    bureau.hall.revoked[0].add(claims.status)
    bureau.hall.publish()
    bureau.publish()
    page = judged(bureau, text.encode())
    assert (page.result, page.name) == (Verdict.REVOKED, "王*明")
    bureau.hall.cut(KID)
    bureau.hall.publish()
    bureau.publish()
    page = judged(bureau, text.encode())
    assert (page.result, page.name) == (Verdict.REVOKED, "")


def test_what_is_past_is_said_and_how_old_the_lists_are(bureau: Bureau, text: str) -> None:
    bureau.ticks.advance(3 * DAY)
    old = judged(bureau, text.encode())
    assert old.result is Verdict.STATUS_UNKNOWN
    assert "3 天" in old.notes[0].zh
    bureau.hall.publish(NOW + 182 * DAY - 60)
    bureau.publish()
    bureau.ticks.advance(179 * DAY)
    assert judged(bureau, text.encode()).result is Verdict.EXPIRED


def test_every_result_has_its_face(bureau: Bureau) -> None:
    assert {each.value for each in Result} == {each.value for each in Verdict}
    assert {Verdict(each.value) for each in Result if each in (Result.FORGED, Result.NOT_OURS)} & GENUINE == set()


# Nothing stays.


def test_nothing_of_a_paper_is_kept(bureau: Bureau, text: str) -> None:
    before = bureau.store.rows("SELECT count(*) FROM outbox"), bureau.balance(), len(bureau.notes)
    sizes = {table: bureau.store.rows(f"SELECT count(*) FROM {table}") for table in tables(bureau)}
    judged(bureau, text.encode())
    judged(bureau, forged(text).encode())
    assert (bureau.store.rows("SELECT count(*) FROM outbox"), bureau.balance(), len(bureau.notes)) == before
    assert {table: bureau.store.rows(f"SELECT count(*) FROM {table}") for table in tables(bureau)} == sizes


def tables(bureau: Bureau) -> list[str]:
    return [name for (name,) in bureau.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
