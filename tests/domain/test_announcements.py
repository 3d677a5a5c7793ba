"""Whom an announcement reaches, and who is asked for an acknowledgement once more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import (
    END_AFTER,
    LONGEST_ANNOUNCEMENT,
    Announcement,
    AnnouncementRung,
    AnnouncementState,
    Audience,
    Recipient,
    owed,
    read_words,
    recipients_of,
)
from bot.domain.forms import TextTooLongError
from bot.domain.people import Assignment, Person, Role
from bot.domain.reports import Author
from tests.builders import MONDAY, at

SENT = at("08:00")
WAITING = Recipient(1, Role.LEADER, 1)
OUT = Announcement(
    1,
    Author(9, Role.COMMANDER),
    "họp",
    Audience(is_everybody=True),
    AnnouncementState.SENT,
    sent_at=SENT,
    recipients=(WAITING, Recipient(2, Role.LEADER, 2, acknowledged_at=SENT)),
)
R = AnnouncementRung


def person(id_: int, *held: tuple[Role, int | None]) -> Person:
    return Person(id_, id_, "vi", tuple(Assignment(role, unit, SENT) for role, unit in held))


PEOPLE = [
    person(1, (Role.LEADER, 1)),
    person(2, (Role.DEPUTY, 1)),
    person(3, (Role.LEADER, 2), (Role.ACTING, 3)),
    person(4, (Role.COMMANDER, None)),
    person(5, (Role.ADMIN, None), (Role.LEADER, 3)),
]


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(), []),
        (Audience(is_everybody=True), [(1, 1), (2, 1), (3, 2), (5, 3)]),
        (Audience(unit_ids=frozenset({3})), [(3, 3), (5, 3)]),
        (Audience(roles=frozenset({Role.DEPUTY, Role.COMMANDER})), [(2, 1), (4, None)]),
        (Audience(roles=frozenset({Role.ADMIN})), [(5, None)]),
    ],
)
def test_each_person_is_reached_once_by_the_position_that_counts(
    audience: Audience, reached: list[tuple[int, int | None]]
) -> None:
    found = recipients_of(audience, PEOPLE, MONDAY, None)
    assert [(r.person_id, r.unit_id) for r in found] == reached


def test_neither_its_author_nor_who_holds_no_role_any_more_is_reached() -> None:
    over = Person(6, 6, "vi", (Assignment(Role.ACTING, 1, SENT, MONDAY - timedelta(days=1)),))
    found = recipients_of(Audience(is_everybody=True), [*PEOPLE, over], MONDAY, 1)
    assert [r.person_id for r in found] == [2, 3, 5]


@pytest.mark.parametrize(
    ("minutes", "rung"),
    [
        (119, None),
        (120, R.REMINDER),
        (359, R.REMINDER),
        (360, R.LAST_REMINDER),
        (1439, R.LAST_REMINDER),
        (1440, R.ENDED),
        (9999, R.ENDED),
    ],
)
def test_who_waits_is_reminded_twice_then_the_list_is_final(
    minutes: int, rung: AnnouncementRung | None
) -> None:
    assert owed(SENT + timedelta(minutes=minutes), OUT) == rung


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=20))
def test_however_often_it_is_looked_at_each_rung_comes_once_and_upwards(looks: list[int]) -> None:
    out, climbed = OUT, []
    for minutes in sorted(looks):
        if rung := owed(SENT + timedelta(minutes=minutes), out):
            climbed.append(rung)
            out = replace(out, rung=rung)
    assert climbed == sorted(set(climbed))
    assert (R.ENDED in climbed) == (timedelta(minutes=max(looks)) >= END_AFTER)


@given(st.integers(0, 3000), st.sampled_from([R.SENT, R.REMINDER, R.LAST_REMINDER]))
def test_when_all_have_acknowledged_it_ends_at_once_and_nobody_is_reminded(
    minutes: int, rung: AnnouncementRung
) -> None:
    out = replace(OUT, rung=rung, recipients=OUT.acknowledged)
    assert owed(SENT + timedelta(minutes=minutes), out) is R.ENDED
    assert owed(SENT + timedelta(minutes=minutes), replace(out, rung=R.ENDED)) is None


def test_words_keep_their_lines_but_neither_gaps_nor_what_nobody_sees() -> None:
    assert read_words("  Kính gửi\u200b \n\n\n\n các  đơn vị\r\n \n") == "Kính gửi\n\ncác đơn vị"
    assert read_words(" \u202e\n ") == ""
    assert len(read_words("x" * LONGEST_ANNOUNCEMENT)) == LONGEST_ANNOUNCEMENT
    with pytest.raises(TextTooLongError):
        read_words("x" * (LONGEST_ANNOUNCEMENT + 1))


def test_a_card_is_named_by_all_that_it_shows() -> None:
    others = [
        replace(OUT, words="khác"),
        replace(OUT, send_at=SENT),
        replace(OUT, audience=Audience(unit_ids=frozenset({1}))),
        replace(OUT, audience=Audience(roles=frozenset({Role.LEADER}))),
    ]
    assert len({a.fingerprint for a in [OUT, *others]}) == 5
