from datetime import time

from bot.digests.fitting import LONGEST_MESSAGE, shown_length
from bot.domain.calendar import WEEKDAYS, Hours
from bot.domain.changes_of_hours import Overview, OwnHours
from tests.builders import MONDAY, texts, unit


def test_hours_of_many_units_that_differ_each_day_fit_into_one_message() -> None:
    week = {name: Hours(time(15, n), time(16, n), time(20, n)) for n, name in enumerate(WEEKDAYS)}
    own = tuple(OwnHours(unit(n), week, None) for n in range(40))
    told = texts().schedule(Overview(week, None, own, has_other_than_settings=True, today=MONDAY))
    shown = told.count("T2 15:00") - 1
    assert shown_length(told) <= LONGEST_MESSAGE
    assert shown > 3
    assert f"… và {40 - shown} đơn vị khác." in told
