"""The first swipe opens an account; what it keeps, and who read it, its person can see."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.day.check import Seen, check
from tests.day.people import Person, somebody
from tests.day.phone import in_browser
from tests.day.visits import (
    OUT_OF_TOWN,
    PENSION,
    choose,
    go,
    lay_down,
    lay_id_card,
    number_on_screen,
    print_it,
    take_ticket,
    type_in,
)
from tests.day.world import Place, World
from tests.kiosk.test_acting import COMPANY
from tests.stand.departments import departments
from tests.stand.kiosk import until


def accounts(world: World, masked: str) -> list[str]:
    """The open accounts of who is called so, by id."""
    return [row[0] for row in world.hall.rows("SELECT id FROM account WHERE masked = ? AND closed IS NULL", masked)]


def names(world: World, account: str) -> list[str]:
    """Every opening that became this account."""
    return [row[0] for row in world.hall.rows("SELECT id FROM account_name WHERE account = ?", account)]


def first_service(place: Place, person: Person, *matters: str) -> str:
    """A first visit with a social card that agrees to an account; the ticket's number."""
    lay_down(place, person)
    place.kiosk.press("choice:services")
    choose(place, *matters)
    print_it(place, account="primary")
    number = number_on_screen(place)
    go(place)
    return number


def my_page(place: Place, person: Person) -> None:
    """With the ID card, which shows it without more ado."""
    lay_id_card(place, person.id_card, f"{person.name[0]}*", "您要办")
    place.kiosk.press("choice:mine")


@check("register-on-first-swipe")
def register(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("上官初见")
    lay_down(place, person)
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    place.kiosk.press("primary")
    place.kiosk.see("给您开一个账号", "姓名、证件号", "不开通")
    seen.picture()
    place.kiosk.press("primary")
    place.kiosk.see("号票已打印")
    number = number_on_screen(place)
    go(place)
    (account,) = until("the account", lambda: accounts(world, "上*见"))
    ((of, notice),) = world.hall.rows(
        "SELECT t.account, a.notice FROM ticket t JOIN account a ON a.id = t.account WHERE t.number = ?", number
    )
    assert (of, notice) == (account, 1)
    lay_down(place, person)
    place.kiosk.press("choice:services")
    choose(place, OUT_OF_TOWN)
    place.kiosk.press("primary")
    place.kiosk.see("号票已打印")  # the hall knows: nobody is asked twice
    go(place)
    refuser = somebody("不愿开户")
    take_ticket(place, refuser, PENSION)
    world.ticket(number_on_screen(place))
    go(place)
    assert accounts(world, "不*户") == []
    return "notice, account and ticket in one step; the second visit asked nothing; who declined got a ticket too"


@check("register-offline-merges")
def register_offline(seen: Seen) -> str:
    world = seen.world
    places = world.place("A"), world.place("B")
    person = somebody("诸葛双离")
    world.cable.cut()
    for place in places:
        first_service(place, person, PENSION)
    world.cable.mend()
    (account,) = until("one account", lambda: accounts(world, "诸*离"), 30)
    until("both openings", lambda: len(names(world, account)) == 2, 30)
    changed = Person("诸葛双李", person.number)
    world.cable.cut()
    first_service(places[0], changed, OUT_OF_TOWN)
    world.cable.mend()
    conflicts = until(
        "the conflict", lambda: world.hall.rows("SELECT what FROM account_conflict WHERE account = ?", account), 30
    )
    assert ("name",) in conflicts, conflicts
    assert len(accounts(world, "诸*离")) == 1
    return "opened twice without a network: one account of two openings; another name is a conflict for staff"


@check("act-for-another")
def act(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    guardian, child = somebody("独孤监护"), somebody("独孤小宝", birth="20160601")
    lay_down(place, guardian)
    place.kiosk.press("choice:acting")
    place.kiosk.press("choice:ward")
    type_in(place, child.number)
    place.kiosk.press("primary")
    choose(place, PENSION)
    place.kiosk.see("独*护", f"990***********{child.number[-4:]}")
    seen.picture()
    seen.slip(print_it(place))
    number = number_on_screen(place)
    go(place)
    row = world.ticket(number)
    assert "独*护" in row["masked"], row["masked"]
    assert child.number[-4:] in row["masked"], row["masked"]
    assert row["person"] is None
    lay_down(place, guardian)
    place.kiosk.press("choice:acting")
    place.kiosk.press("choice:agent")
    type_in(place, COMPANY)
    place.kiosk.press("primary")
    choose(place, PENSION)
    place.kiosk.see("独*护", f"919***********{COMPANY[-4:]}")
    seen.picture(label="-company")
    print_it(place)
    go(place)
    return "guardian and child, agent and company: both on the screen, on the slip and at the hall"


@check("my-page")
def mine(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("百里自查")
    number = first_service(place, person, PENSION)
    until("the account", lambda: accounts(world, "百*查"))
    my_page(place, person)
    place.kiosk.see("我的", "百*查", f"990***********{person.number[-4:]}", "谁看过", "4 步中的第 1 步")
    assert person.number not in place.kiosk.text()
    assert person.name not in place.kiosk.text()
    seen.picture()
    before = len(place.papers())
    place.kiosk.press("primary")
    place.kiosk.see("清单打好了")
    seen.slip(place.new_paper(before))
    place.kiosk.press("primary")
    place.kiosk.see("百*查")
    place.kiosk.press("nav:leave")
    go(place)
    world.ticket(number)
    lay_down(place, somebody("假卡张三"))
    place.kiosk.press("choice:mine")
    place.kiosk.see("请放身份证")
    place.kiosk.press("nav:leave")
    go(place)
    return "tickets, steps and reads, masked, on screen and on paper; a social security card alone does not open it"


@check("data-trail")
def trail(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    person = somebody("公羊留痕")
    first_service(place, person, PENSION)
    (account,) = until("the account", lambda: accounts(world, "公*痕"))
    my_page(place, person)
    place.kiosk.see("公*痕")
    place.kiosk.press("nav:leave")
    go(place)
    reads = world.hall.rows("SELECT who_kind, who, what, why FROM data_read WHERE account = ? ORDER BY id", account)
    seen.text("\n".join(map(str, reads)))
    whys = {why for *_, why in reads}
    assert {"registered", "card-laid", "my-page"} <= whys, reads
    linked = ("hall", "", "name,number,document", "ticket-linked")  # it looks whose ticket it puts on the page
    assert [row for row in reads if row[0] != "kiosk"] == [linked], reads
    my_page(place, person)
    place.kiosk.see("谁看过我的资料", f"{place.number} 号")
    keys = place.kiosk.ask("keys")
    place.kiosk.press("mine:reads" if "mine:reads" in keys else "mine:seen")
    place.kiosk.see("最近 30 天", f"{place.number} 号")
    seen.picture()
    place.kiosk.press("nav:leave")
    go(place)
    return f"{len(reads)} reads, each with who, what, when and why, and the person sees them"


@check("two-departments-one-session")
def two_departments(seen: Seen) -> str:
    from tests.day.checks.binding import bound

    place, world = seen.world.place(), seen.world
    person = somebody("端木两局")
    openid = bound(place, world, person, "端木的手机")
    with departments(world.hall, world.made(world.folder / "departments")) as (social, civil):
        certificates = (social.certificate, civil.certificate)
        with in_browser(world, openid, "departments", *certificates) as context:
            page = context.new_page()
            page.goto(social.url)
            page.locator("#login").click()
            page.get_by_role("button", name="同意提供").click()
            expect(page.locator("#citizen_number")).to_have_text(person.number)
            seen.browser(page, "-social")
            page.goto(civil.url)
            page.locator("#login").click()
            expect(page.get_by_text("您的出生日期")).to_be_visible()
            seen.browser(page, "-consent")
            page.get_by_role("button", name="同意提供").click()
            expect(page.locator("#birthdate")).to_be_visible()
            assert page.locator("#citizen_number").count() == 0
            seen.browser(page, "-civil")
        (first,), (second,) = social.people(), civil.people()
    assert first["sub"] != second["sub"]
    return "one sign-in by the bound phone served both; each saw only its own fields, under another name"
