import pytest
from sqlalchemy import select

from hall.models import AppliedEvent, EnrolmentCode, Kiosk, Role, Standing
from tests.hall.web.conftest import Desk, Stage, sign_in


def row(page: str, kiosk: str) -> str:
    return page.split(f"<b>{kiosk}</b>")[1].split("</tr>")[0]


def test_what_needs_a_hand_comes_first(stage: Stage, desk: Desk) -> None:
    now = stage.hall.now()
    stage.kiosk("01", seen=now, paper="ok")
    stage.kiosk("02", seen=now, paper="low")
    stage.kiosk("04", seen=now, paper="out", faults=["P102"])
    stage.kiosk("05", seen=now - 7_800_000, outbox=37, oldest=now - 7_800_000)
    stage.kiosk("06", state=Standing.QUARANTINED)
    stage.kiosk("07")
    page = desk.page("/staff/kiosks")
    order = ["K-0206", "K-0204", "K-0202", "K-0205", "K-0207", "K-0201", "K-0203"]
    assert sorted(order, key=lambda kiosk: page.index(f"<b>{kiosk}<")) == order
    assert "7 台自助机，3 台要处理" in page
    assert "P102 纸用完" in row(page, "K-0204")
    assert "37 条 · 2 时 10 分" in row(page, "K-0205")
    assert "未开机" in row(page, "K-0207")


def test_a_parked_event_is_counted_and_said(stage: Stage, desk: Desk) -> None:
    with stage.hall.store.writing() as session:
        session.add(AppliedEvent(kiosk="K-0203", epoch=1, seq=1, applied=0, hash=b"", raw=b"", parked="unknown kind"))
    assert "1 条读不懂，已搁置" in row(desk.page("/staff/kiosks"), "K-0203")


def test_what_a_kiosk_says_of_itself_is_shown_as_text(stage: Stage, desk: Desk) -> None:
    stage.change(Kiosk, "K-0203", version="<b>1</b>", faults=["<i>F</i>"], paper="<u>", place_zh="<s>")
    page = desk.page("/staff/kiosks")
    assert not any(tag in page for tag in ("<b>1", "<i>", "<u>", "<s>"))


def test_a_supervisor_gives_a_quarantined_kiosk_a_code_and_a_clerk_does_not(stage: Stage, desk: Desk) -> None:
    stage.kiosk("06", state=Standing.QUARANTINED)
    stage.employ("周主管", Role.SUPERVISOR)
    assert "/release" not in desk.page("/staff/kiosks")
    csrf = desk.form("/next")["csrf"]
    refused = desk.browser.post("/staff/kiosks/K-0206/release", data={"csrf": csrf, "epoch": "1"})
    assert refused.status_code == 403
    with stage.browser() as browser:
        sign_in(browser, "周主管")
        chief = Desk(browser)
        form = chief.form("/release", page=chief.page("/staff/kiosks"))
        assert browser.post("/staff/kiosks/K-0206/release", data=form | {"csrf": csrf}).status_code == 403
        with stage.hall.store.reading() as session:
            assert session.scalars(select(EnrolmentCode)).all() == []
        answer = browser.post("/staff/kiosks/K-0206/release", data=form)
        assert browser.post("/staff/kiosks/K-0206/release", data=form | {"epoch": "7"}).status_code == 409
        assert browser.post("/staff/kiosks/K-0203/release", data=form).status_code == 409
        assert browser.post("/staff/kiosks/K-9999/release", data=form).status_code == 404
    assert 'id="code">KT1-' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    with stage.hall.store.reading() as session:
        assert session.scalars(select(EnrolmentCode)).one().kiosk == "K-0206"
    assert ("周主管", "release") in stage.trail()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_the_trail_is_for_supervisors(stage: Stage, desk: Desk, role: Role) -> None:
    stage.ticket("A031")
    desk.press("next")
    refused = desk.browser.get("/staff/trail")
    assert refused.status_code == 403
    assert "A031" not in refused.text
    assert "/staff/trail" not in desk.page()
    assert stage.trail()[-1] == ("陈晓", "refused")
    stage.employ("周主管", role)
    with stage.browser() as browser:
        sign_in(browser, "周主管")
        page = browser.get("/staff/trail").text
    lines = page.split("<tr")[2:]
    assert [next(word for word in ("登录", "叫号", "拒绝") if f"<td>{word}<" in line) for line in lines] == [
        "登录",
        "拒绝",
        "叫号",
        "登录",
    ]
    assert "A031" in lines[2]
    assert "等候 → 叫到" in lines[2]


def test_the_trail_is_read_page_by_page_to_its_end(stage: Stage) -> None:
    stage.employ("周主管", Role.SUPERVISOR)
    with stage.browser() as browser:
        sign_in(browser, "周主管")
        for _ in range(60):
            browser.post("/staff/sign-out", data={"csrf": "wrong"})
        first = browser.get("/staff/trail").text
        older = first.split('href="/staff/trail?before=')[1].split('"')[0]
        second = browser.get("/staff/trail", params={"before": older}).text
        beyond = browser.get("/staff/trail", params={"before": str(10**30)})
    assert (first.count("<td>拒绝<"), second.count("<td>拒绝<")) == (50, 10)
    assert "before=" not in second
    assert beyond.status_code == 200
