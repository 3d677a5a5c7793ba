"""What a period tells of training."""

import pytest

from bot.domain.targets import Figure
from bot.domain.training_measures import TrainingRecord
from bot.texts.markup import plain
from tests import builders


@pytest.mark.parametrize(
    ("in_percent", "told"),
    [
        (False, "Khóa đã kết thúc: hoàn thành 20/40 người (50 %), chưa rõ 20 người"),
        (True, "Khóa đã kết thúc: hoàn thành 50 %, chưa rõ 50 %"),
    ],
)
def test_people_whose_results_nobody_has_told_are_said_to_be_unknown(
    in_percent: bool, told: str
) -> None:
    record = TrainingRecord(4, Figure(7, 8), Figure(20, 40, 20), ())
    assert told in plain(builders.texts(in_percent=in_percent).training_in_period(record))
