"""Who is asked for a unit's report, and since when."""

from datetime import timedelta

from bot.domain.people import Assignment, Person, Role
from bot.services.facts import Asked
from storage.people import Member
from tests.builders import MONDAY, at

NOW = at("17:00")
YESTERDAY = MONDAY - timedelta(days=1)


def test_who_comes_back_is_asked_since_coming_back() -> None:
    before = Assignment(Role.ACTING, 1, at("08:00", YESTERDAY), until=YESTERDAY)
    again = Assignment(Role.LEADER, 1, NOW)
    member = Member(Person(1, 1, "vi", (before, again)), None)
    (first,), deputies = Asked([member], MONDAY).for_unit(1)
    assert first.since == NOW
    assert deputies == ()


def test_a_deputy_who_acts_is_asked_first() -> None:
    deputy = Assignment(Role.DEPUTY, 1, at("08:00"))
    acting = Assignment(Role.ACTING, 1, at("08:00"), until=MONDAY, first=MONDAY)
    member = Member(Person(1, 1, "vi", (deputy, acting)), None)
    assert len(Asked([member], MONDAY).for_unit(1)[0]) == 1
    assert Asked([member, member], YESTERDAY).for_unit(1)[1] == ()
