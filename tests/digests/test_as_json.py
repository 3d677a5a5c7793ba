import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.as_json import summary_json
from tests.builders import MONDAY, at, exemption, report, summary_of, unit

WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
UNITS = [unit(0), unit(1), unit(2, establishment=None), unit(3)]


def test_a_day_as_json() -> None:
    came = [
        report(UNITS[0], "16:00", absent={"leave": 2, "sick": 1}, revised="17:00"),
        replace(report(UNITS[1], "16:31"), late_reason="mất mạng"),
        report(UNITS[2], "15:45", absent={"sick": 1}),
    ]
    told = summary_json(summary_of(UNITS, came, at("16:45")), "ngay", with_strength=True)
    assert json.loads(json.dumps(told)) == {
        "period": "ngay",
        "first": "2022-03-14",
        "last": "2022-03-14",
        "day": "2022-03-14",
        "as_of": "2022-03-14T16:45:00+07:00",
        "expected": 4,
        "actual": 3,
        "on_time": 2,
        "late": 1,
        "missing": 1,
        "not_due": 0,
        "exempt": 0,
        "rates": {"reporting_rate": 75.0, "reporting_rate_on_time": 50.0},
        "strength": {
            "establishment": 48,
            "present": 45,
            "absent": 4,
            "absent_by_reason": {"leave": 2, "sick": 2},
            "silent_units": 1,
            "unknown_units": 1,
        },
        "units": [
            {
                "code": "unit-1",
                "unit": "phường An Mỹ",
                "state": "on_time",
                "first_submitted_at": "2022-03-14T16:00:00+07:00",
                "revision": 2,
                "late_reason": "",
                "exempt_reason": "",
                "expected": 1,
                "actual": 1,
                "on_time": 1,
            },
            {
                "code": "unit-2",
                "unit": "phường An Phú",
                "state": "late",
                "first_submitted_at": "2022-03-14T16:31:00+07:00",
                "revision": 1,
                "late_reason": "mất mạng",
                "exempt_reason": "",
                "expected": 1,
                "actual": 1,
                "on_time": 0,
            },
            {
                "code": "unit-3",
                "unit": "phường An Sơn",
                "state": "on_time",
                "first_submitted_at": "2022-03-14T15:45:00+07:00",
                "revision": 1,
                "late_reason": "",
                "exempt_reason": "",
                "expected": 1,
                "actual": 1,
                "on_time": 1,
            },
            {
                "code": "unit-4",
                "unit": "phường An Xuân",
                "state": "missing",
                "first_submitted_at": None,
                "revision": 0,
                "late_reason": "",
                "exempt_reason": "",
                "expected": 1,
                "actual": 0,
                "on_time": 0,
            },
        ],
    }


def test_before_the_opening_units_are_not_due_and_not_missing() -> None:
    told = summary_json(summary_of(UNITS, [], at("08:00")), "ngay", with_strength=True)
    assert (told["expected"], told["missing"], told["not_due"]) == (4, 0, 4)
    assert {row["state"] for row in told["units"]} == {"not_due"}


def test_an_exempt_unit_is_counted_apart_and_says_why() -> None:
    summary = summary_of(UNITS, [], at("18:00"), exemptions=[exemption(UNITS[1].id)])
    told = summary_json(summary, "ngay", with_strength=True)
    assert (told["expected"], told["missing"], told["not_due"], told["exempt"]) == (3, 3, 0, 1)
    row = told["units"][1]
    assert (row["state"], row["expected"], row["exempt_reason"]) == ("exempt", 0, "nghỉ lễ")


def test_a_period_has_sums_a_unit_and_no_day_state_or_strength() -> None:
    came = [report(UNITS[0], day=day) for day in WEEK] + [report(UNITS[1], "16:40", day=WEEK[3])]
    summary = summary_of(UNITS[:2], came, at("20:00", WEEK[-1]), days=WEEK)
    told = summary_json(summary, "tuan", with_strength=True)
    assert (told["first"], told["last"]) == ("2022-03-14", "2022-03-20")
    assert told["rates"] == {"reporting_rate": 57.1, "reporting_rate_on_time": 50.0}
    assert "day" not in told
    assert "strength" not in told
    assert told["units"] == [
        {"code": "unit-1", "unit": "phường An Mỹ", "expected": 7, "actual": 7, "on_time": 7},
        {"code": "unit-2", "unit": "phường An Phú", "expected": 7, "actual": 1, "on_time": 0},
    ]


def test_without_strength_no_count_of_people_is_in_it() -> None:
    units = [unit(0, establishment=7919)]
    summary = summary_of(units, [report(units[0], absent={"leave": 613})], at("16:00"))
    told = json.dumps(summary_json(summary, "ngay", with_strength=False))
    assert "7919" not in told
    assert "613" not in told
    assert "leave" not in told


@pytest.mark.parametrize("name", ["ngay", "tuan"])
def test_where_nothing_is_expected_rates_are_null(name: str) -> None:
    told = summary_json(summary_of([], [], at("20:00")), name, with_strength=False)
    assert told["rates"] == {"reporting_rate": None, "reporting_rate_on_time": None}
    assert told["units"] == []
