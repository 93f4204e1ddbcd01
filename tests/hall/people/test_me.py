"""A person's own page: all that the hall has of them, masked, and who looked at it."""

from __future__ import annotations

from typing import Any

from certificates.verdict import Why
from hall.certificates import registry
from hall.certificates.models import Certificate
from hall.tickets import State, Ticket
from tests.hall.certificates.machine import TEMPLATES, Machine, Paper
from tests.hall.conftest import Counter
from tests.hall.people.registering import WANG, Kiosk, account_id, number, reads


def page(kiosk: Kiosk, somebody: Any = WANG) -> dict[str, Any]:
    said = kiosk.asks("me", somebody)["page"]
    assert isinstance(said, dict)
    return said


def change(counter: Counter, ticket: int, **values: Any) -> None:
    """The ``ticket``-th that was taken."""
    with counter.hall.store.writing() as session:
        row = session.query(Ticket).order_by(Ticket.seq).all()[ticket]
        for name, value in values.items():
            setattr(row, name, value)


def test_who_has_no_account_has_no_page(east: Kiosk) -> None:
    assert east.asks("me")["page"] is None


def test_the_page_says_where_each_ticket_stands_in_both_languages(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"), *(east.ticket("E2", matters=["senior-card"]) for _ in range(6)))
    for nth, state in enumerate((State.CALLED, State.HELD, State.FINISHED, State.CANCELLED, State.ABSENT)):
        change(counter, nth, state=state)
    change(counter, 5, matters=["senior-card", "marriage-record"], at=counter.clock.ms + 1)
    said = page(east)
    assert said["applied"][0]["what"] == {"zh": "老年人优待卡申领 等 2 件", "en": "Senior citizen card and 1 more"}
    assert sorted((each["step"], each["steps"], each["where"]["zh"]) for each in said["applied"]) == [
        (1, 4, "已取号"),
        (2, 4, "已叫号"),
        (2, 4, "已过号"),
        (3, 4, "正在窗口办理"),
        (4, 4, "已办完"),
    ]
    assert {each["state"]["en"] for each in said["tickets"]} == {
        "Waiting",
        "It is your turn",
        "On hold at the counter",
        "Done",
        "Cancelled",
        "Call missed",
    }
    counter.clock.forward(days=1)
    tomorrow = page(east)
    assert [each["where"]["en"] for each in tomorrow["applied"]] == ["Done"]
    assert tomorrow["tickets"][0]["state"] == {"zh": "已过期", "en": "Out of date"}


def test_the_newest_twenty_of_each_are_shown_and_all_reads_are_counted(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"))
    for _ in range(25):
        counter.clock.forward(minutes=1)
        east.send(east.ticket("E2"))
        east.asks("account")
    said = page(east)
    assert len(said["tickets"]) == len(said["applied"]) == len(said["reads"]) == 20
    assert [each["at"] for each in said["tickets"]] == sorted((e["at"] for e in said["tickets"]), reverse=True)
    assert said["read_count"] == 52
    assert said["reads"][0]["why"] == {"zh": "打开“我的”", "en": "Own page opened"}
    assert said["reads"][0]["who"] == {"zh": "东 01 号机", "en": "East, kiosk 01"}
    counter.clock.forward(days=31)
    later = page(east)
    assert (later["read_count"], len(later["reads"])) == (1, 1)


def papers_of(issuing: Machine, count: int) -> list[Paper]:
    while len(issuing.indices) < count:
        issuing.indices += issuing.lease()
    return [issuing.sign() for _ in range(count)]


def behind(kiosk: Kiosk, said: dict[str, Any], of: str) -> list[dict[str, Any]]:
    """A list whole, part by part."""
    rows, before = list(said[of]), said["older"][of]
    while before is not None:
        part = kiosk.asks("me/older", list=of, before=before)
        assert 0 < len(part["rows"]) <= 50
        rows, before = rows + part["rows"], part["before"]
    return rows


def test_all_of_each_list_is_shown_to_who_asks_on_however_old(counter: Counter, east: Kiosk, issuing: Machine) -> None:
    east.send(east.opened("E2"))
    for paper in papers_of(issuing, 23):
        assert issuing.send(issuing.issued(paper, level="id-card", account=account_id("E2")))["parked"] == []
    for _ in range(75):
        counter.clock.forward(minutes=1)
        east.send(east.ticket("E2", matters=["senior-card"]))
    change(counter, 0, state=State.CANCELLED)
    counter.clock.forward(days=40)
    for nth in range(1, 75):
        change(counter, nth, state=State.FINISHED)
    said, kept = page(east), len(reads(counter))
    assert said["certificate_count"] == 23
    assert {of: len(behind(east, said, of)) for of in ("applied", "tickets", "certificates")} == {
        "applied": 74,
        "tickets": 75,
        "certificates": 23,
    }
    for of, name in (("tickets", "number"), ("certificates", "short")):
        assert len({each[name] for each in behind(east, said, of)}) == len(behind(east, said, of))
    assert len(said["reads"]) == said["read_count"] == 1  # of the last 30 days
    whole = behind(east, said, "reads")
    assert len(whole) == kept  # looks at the list do not move what is behind the page
    assert whole[-1]["why"]["en"] == "Registering"
    assert [each["at"] for each in whole] == sorted((each["at"] for each in whole), reverse=True)
    assert east.asks("me/older", list="reads", before=0)["rows"] == []


def test_a_list_that_is_whole_goes_on_nowhere(east: Kiosk) -> None:
    east.send(east.opened("E2"), east.ticket("E2"))
    assert set(page(east)["older"].values()) == {None}


def test_a_certificate_that_ends_soon_is_told_of_though_twenty_newer_ones_do_not(
    counter: Counter, east: Kiosk, issuing: Machine
) -> None:
    east.send(east.opened("E2"))
    papers = papers_of(issuing, 21)
    for paper in papers:
        issuing.send(issuing.issued(paper, level="id-card", account=account_id("E2")))
    with counter.hall.store.writing() as session:
        for nth, paper in enumerate(papers):
            row = session.get_one(Certificate, paper.id)
            row.issued += nth
            row.exp += 0 if nth == 0 else 400 * 86_400
    counter.clock.forward(days=TEMPLATES["social-insurance"].issue.valid_days - 59)
    assert len(page(east)["expiring"]) == 1


def test_more_of_a_list_is_a_look_of_its_own_and_shown_to_nobody_else(east: Kiosk, counter: Counter) -> None:
    east.send(east.opened("E2"), *(east.ticket("E2") for _ in range(22)))
    wish: dict[str, Any] = {"list": "tickets", "before": 20}
    assert len(east.asks("me/older", **wish)["rows"]) == 2
    assert reads(counter)[-1] == ("kiosk", east.terminal.id, "name,tickets", "my-page", None)
    cloned = WANG.but(name="张三", document="social-card", level="social-card")
    assert east.asks("me/older", cloned, **wish)["rows"] == []
    assert reads(counter)[-1][2] == "name,tickets"  # the try is seen by its victim
    assert east.asks("me/older", WANG.but(number=number(8)), **wish)["rows"] == []


def test_certificates_and_what_ends_soon_are_on_the_page(counter: Counter, east: Kiosk, issuing: Machine) -> None:
    assert east.send(east.opened("E2", WANG.but(expires="2026-04-01"))) == []
    account = account_id("E2")
    papers = [issuing.sign() for _ in range(2)]
    for paper in papers:
        issued = issuing.issued(paper, level="id-card", account=account)
        assert issuing.send(issued, issuing.settled(paper))["parked"] == []
    with counter.hall.store.writing() as session:
        registry.revoke(session, counter.hall, papers[0].id, Why.MISTAKEN, "", None)
    title = TEMPLATES["social-insurance"].title
    said = page(east)
    states = {each["short"]: (each["what"]["zh"], each["state"]["en"], each["copies"]) for each in said["certificates"]}
    assert states == {papers[0].id: (title.zh, "Revoked", 1), papers[1].id: (title.zh, "Valid", 1)}
    assert said["expiring"] == [{"what": {"zh": "身份证", "en": "ID card"}, "until": "2026-04-01"}]
    last = said["certificates"][0]["until"]
    counter.clock.forward(days=TEMPLATES["social-insurance"].issue.valid_days - 60)
    assert {"what": {"zh": title.zh, "en": title.en}, "until": last} in page(east)["expiring"]
    counter.clock.forward(days=61)
    assert page(east)["expiring"] == []


def test_the_end_of_a_document_is_told_ninety_days_before_and_not_after(counter: Counter, east: Kiosk) -> None:
    for nth, (ends, told) in enumerate(
        (("2026-06-07", True), ("2026-06-08", False), ("2026-03-09", True), ("2026-03-08", False), ("", False))
    ):
        somebody = WANG.but(number=number(2 * nth), expires=ends)
        east.send(east.opened("BCDEF"[nth], somebody))
        assert bool(page(east, somebody)["expiring"]) is told, ends


def test_a_card_that_anybody_can_write_must_say_the_right_name(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"))
    cloned = WANG.but(name="张三", document="social-card", level="social-card")
    assert east.asks("me", cloned)["page"] is None
    assert reads(counter)[-1][3] == "my-page"  # the try is seen by its victim
    assert east.asks("me", cloned.but(name=WANG.name))["page"]
    assert east.asks("me", WANG.but(name="王明"))["page"]  # an ID card is believed, name changed or not


def test_nothing_on_the_page_is_more_than_masked(counter: Counter, east: Kiosk, issuing: Machine) -> None:
    east.send(east.opened("E2"), east.ticket("E2"))
    paper = issuing.sign()
    issuing.send(issuing.issued(paper, level="id-card", account=account_id("E2")))
    said = str(page(east))
    for secret in (WANG.name, WANG.number, WANG.birth, WANG.number[:3] + WANG.number[-4:]):
        assert secret not in said
