from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.domain import line_errors
from bot.domain.line_errors import LineError
from bot.domain.typed_line import read_line
from bot.texts.markup import plain
from bot.texts.vi_typing import VietnameseTyping

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_TEXTS = VietnameseTyping(_ZONE)
_IN_PERCENT = VietnameseTyping(_ZONE, in_percent=True)
_TODAY = date(2022, 3, 14)
_EXAMPLE = f"Ví dụ: {_TEXTS.line_example}"

# A line for a unit of 27 people, and the beginning of what its leader is told.
_ASKED = [
    ("đủ" * 400, "Dòng này quá dài. Đồng chí gõ lại ngắn hơn 500 ký tự."),
    ("đủ, hết ốm 7", "Tôi không hiểu “hết ốm 7” nên chưa ghi gì."),
    ("đủ, bc 27", "“bc” có thể là biên chế hoặc báo cáo."),
    ("25/27", "“25/27” là quân số hay là ngày?"),
    ("QS 16:30", "“16:30” không phải số người."),
    ("phép -1", "“-1” là số âm."),
    ("ngày 30/2, đủ", "Tôi không hiểu ngày “30/2”."),
    ("phép 1, phép 2", "Dòng này nêu phép hai lần: 1 và 2."),
    ("QS 25/27, có mặt 24", "Dòng này nêu quân số có mặt hai lần: 25 và 24."),
    ("ngày 14/3, ngày 13/3, đủ", "Dòng này nêu ngày báo cáo hai lần: 14/03/2022 và 13/03/2022."),
    (
        "đủ, an toàn, không an toàn",
        "Dòng này nêu an toàn hai lần, lần bình thường, lần có vấn đề.",
    ),
    ("QS 1.250/1.300", "Đồng chí ghi biên chế 1.300, nhưng biên chế của đơn vị là 27."),
    ("QS 28/27", "Số 28 lớn hơn biên chế 27."),
    ("QS 25/27, vắng 3, phép 3", "Có mặt 25/27 là vắng 2, nhưng dòng này nói vắng 3."),
    ("QS 25/27, phép 1", "Vắng 2, nhưng cộng các lý do được 1."),
    ("QS 25/27", "Dòng này chưa nêu lý do vắng của 2 đồng chí."),
    ("ổn định", "Dòng này chưa nêu quân số."),
]


def _problem_of(line: str) -> LineError:
    with pytest.raises(LineError) as asked:
        read_line(line, 27, _TODAY, _TEXTS.vocabulary)
    return asked.value


@pytest.mark.parametrize(("line", "told"), _ASKED)
def test_a_leader_is_told_what_is_not_clear_what_to_do_and_a_line_that_would_do(
    line: str, told: str
) -> None:
    what, example = plain(_TEXTS.line_problem(_problem_of(line))).split("\n")
    assert what.startswith(told)
    assert "Đồng chí" in what
    assert example == _EXAMPLE


@pytest.mark.parametrize("line", [line for line, _ in _ASKED])
def test_where_strength_is_told_in_shares_no_figure_is_repeated(line: str) -> None:
    what, example = plain(_IN_PERCENT.line_problem(_problem_of(line))).split("\n")
    told = what
    for ours in ("500", "14/3", "14/03/2022", "13/03/2022"):
        told = told.replace(ours, "")
    assert not any(c.isdigit() for c in told)
    assert "Đồng chí" in what
    assert example == _EXAMPLE


def test_every_kind_of_problem_has_its_sentence() -> None:
    kinds = {
        kind
        for kind in vars(line_errors).values()
        if isinstance(kind, type) and issubclass(kind, LineError)
    }
    assert {type(_problem_of(line)) for line, _ in _ASKED} == kinds - {LineError}


def test_what_was_typed_is_shown_escaped_and_shortened() -> None:
    told = _TEXTS.line_problem(_problem_of("<b>&" + "x" * 200))
    assert "“&lt;b&gt;&amp;xxx" in told
    assert len(plain(told)) < 250


def test_the_example_is_itself_read_whole() -> None:
    line = read_line(_TEXTS.line_example, 27, _TODAY, _TEXTS.vocabulary)
    assert line.answers == {"absent": {"leave": 1, "sick": 1}, "safety": True, "order": True}
