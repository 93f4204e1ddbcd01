from tests.hall.web.conftest import Desk, Stage


def test_the_next_number_is_called_and_stands_large_on_the_page(stage: Stage, desk: Desk) -> None:
    stage.ticket("A031", waited=21)
    stage.ticket("A032", waited=18)
    assert desk.press("next").headers["location"] == "/staff/console"
    page = desk.page()
    assert 'id="current">A031<' in page
    assert "等候 21 分钟" in page
