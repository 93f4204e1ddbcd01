"""Which screen shows which page. A new page is one entry here."""

from __future__ import annotations

from typing import Any, Final

from screens import pages
from screens.attract import AttractScreen
from screens.bind import BindScreen
from screens.confirm import ConfirmScreen
from screens.fill import FillScreen
from screens.guide import GuideScreen
from screens.have_ticket import HaveTicketScreen
from screens.home import HomeScreen
from screens.lay_again import LayAgainScreen
from screens.listing import ListingScreen
from screens.maintenance.adjust import AdjustScreen
from screens.maintenance.ask_deed import AskDeedScreen, AtWorkScreen
from screens.maintenance.awaiting import AwaitingScreen
from screens.maintenance.colour_test import ColourTestScreen
from screens.maintenance.enter_pin import EnterPinScreen
from screens.maintenance.failure_guide import FailureGuideScreen
from screens.maintenance.findings import FindingsScreen
from screens.maintenance.testing import TestingScreen
from screens.maintenance.touch_test import TouchTestScreen
from screens.maintenance.upkeep import UpkeepScreen
from screens.menu import MenuScreen
from screens.moment import MomentScreen
from screens.my_page import MyPageScreen
from screens.notice import NoticeScreen, OutOfServiceScreen
from screens.notify import NotifyScreen
from screens.preview import PreviewScreen
from screens.printing import PrintingScreen
from screens.reading import ReadingScreen
from screens.review import ReviewScreen
from screens.scan_code import ScanCodeScreen
from screens.screen import Draft, Screen
from screens.services import ServicesScreen
from screens.stage import Stage
from screens.step_up import StepUpScreen
from screens.take import TakeCardScreen, TakeTicketScreen
from screens.take_paper import TakePaperScreen
from screens.type_code import TypeCodeScreen
from screens.type_number import TypeNumberScreen
from screens.verified import VerifiedScreen

SCREENS: Final[dict[type[pages.Page[Any]], type[Screen[Any]]]] = {
    pages.Attract: AttractScreen,
    pages.OutOfService: OutOfServiceScreen,
    pages.Reading: ReadingScreen,
    pages.Moment: MomentScreen,
    pages.Home: HomeScreen,
    pages.Services: ServicesScreen,
    pages.Review: ReviewScreen,
    pages.Guide: GuideScreen,
    pages.Printing: PrintingScreen,
    pages.TakeTicket: TakeTicketScreen,
    pages.TakeCard: TakeCardScreen,
    pages.HaveTicket: HaveTicketScreen,
    pages.Confirm: ConfirmScreen,
    pages.Menu: MenuScreen,
    pages.TypeNumber: TypeNumberScreen,
    pages.ScanCode: ScanCodeScreen,
    pages.Notice: NoticeScreen,
    pages.Fill: FillScreen,
    pages.Preview: PreviewScreen,
    pages.TakePaper: TakePaperScreen,
    pages.Verified: VerifiedScreen,
    pages.Notify: NotifyScreen,
    pages.Bind: BindScreen,
    pages.LayAgain: LayAgainScreen,
    pages.MyPage: MyPageScreen,
    pages.Listing: ListingScreen,
    pages.TypeCode: TypeCodeScreen,
    pages.StepUp: StepUpScreen,
    pages.EnterPin: EnterPinScreen,
    pages.Upkeep: UpkeepScreen,
    pages.Testing: TestingScreen,
    pages.TouchTest: TouchTestScreen,
    pages.ColourTest: ColourTestScreen,
    pages.Findings: FindingsScreen,
    pages.FailureGuide: FailureGuideScreen,
    pages.Adjust: AdjustScreen,
    pages.AskDeed: AskDeedScreen,
    pages.AtWork: AtWorkScreen,
    pages.AwaitCard: AwaitingScreen,
    pages.AwaitCode: AwaitingScreen,
}


def screen_for(page: pages.Page[Any], stage: Stage, draft: Draft | None = None) -> Screen[Any]:
    """Make the screen for ``page``. Raises ``KeyError`` for a page that has none."""
    return SCREENS[type(page)](page, stage, draft)
