from dataclasses import replace

from bot.domain.forms import DUTY
from bot.domain.reports import Form
from tests.builders import texts
from tests.domain.examples import TAN_THANH, window

FORM = Form(DUTY, TAN_THANH, window())


def test_a_toast_tells_the_establishment_only_where_strength_is_told_in_heads() -> None:
    told = texts().above(FORM, "absent", 27)
    assert told == "Tổng vắng không thể quá biên chế (27)."
    assert texts(in_percent=True).above(FORM, "absent", 27) == ("Tổng vắng không thể quá biên chế.")


def test_a_toast_of_a_session_names_what_cannot_be_exceeded() -> None:
    about = replace(FORM, subject="1")
    told = [texts().above(about, field, 5) for field in ("absent", "completed", "grades")]
    assert told == [
        "Tổng vắng không thể quá số người phải dự (5).",
        "Số hoàn thành không thể quá số người phải dự (5).",
        "Tổng kết quả không thể quá số hoàn thành (5).",
    ]
