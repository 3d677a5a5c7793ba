from bot.domain.forms import ATTENDANCE, COURSE_RESULT, DUTY
from tests.builders import texts


def test_a_toast_tells_the_establishment_only_where_strength_is_told_in_heads() -> None:
    told = texts().above(DUTY.key, "absent", 27)
    assert told == "Tổng vắng không thể quá biên chế (27)."
    quiet = texts(in_percent=True).above(DUTY.key, "absent", 27)
    assert quiet == "Tổng vắng không thể quá biên chế."


def test_a_toast_of_a_session_names_what_cannot_be_exceeded() -> None:
    told = [
        texts().above(ATTENDANCE.key, "absent", 5),
        *(texts().above(COURSE_RESULT.key, field, 5) for field in ("completed", "grades")),
    ]
    assert told == [
        "Tổng vắng không thể quá số người phải dự (5).",
        "Số hoàn thành không thể quá số người phải dự (5).",
        "Tổng kết quả không thể quá số hoàn thành (5).",
    ]
