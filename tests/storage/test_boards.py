"""The group's boards, the nudges of a day, and the group itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage import boards, command, messages, nudges, people, units
from storage.boards import Board
from storage.database import Session
from storage.nudges import Nudge

DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
GROUP = -100


def board(day: date, reader: str = "group1") -> Board:
    return Board("duty", day, reader, f"board:{day}", "a")


async def test_a_groups_boards_are_listed_oldest_first_until_they_are_unpinned(
    session: Session,
) -> None:
    first, second = board(DAY), board(DAY + timedelta(days=1))
    for each in (second, first, board(DAY, "group2")):
        await boards.save(session, each)
    assert await boards.list_of(session, "duty", "group1") == [first, second]
    await boards.save(session, replace(first, is_unpinned=True))
    assert await boards.list_of(session, "duty", "group1") == [second]


async def test_boards_of_the_group_as_it_was_bound_before_are_found(session: Session) -> None:
    left, here = board(DAY, "group1"), board(DAY, "group2")
    for each in (left, here, replace(board(DAY, "group0"), is_unpinned=True)):
        await boards.save(session, each)
    assert await boards.list_left(session, "duty", "group2") == [left]


async def test_a_board_is_kept_as_it_was_last_told(session: Session) -> None:
    assert await boards.get(session, "duty", DAY, "group1") is None
    await boards.save(session, board(DAY))
    told = replace(board(DAY), content_hash="b", pinned_message_id=7)
    await boards.save(session, told)
    assert await boards.get(session, "duty", DAY, "group1") == told
    assert await boards.get(session, "duty", DAY, "group2") is None


async def test_the_nudges_of_a_day_come_back_in_their_order(session: Session) -> None:
    unit = await units.add(session, code="a", name="a", short_name="a", position=0, valid_from=DAY)
    assert unit
    person = await people.add(session, 1, "vi")
    given = [Nudge(unit, NOW, person), Nudge(unit, NOW + timedelta(minutes=10), None)]
    for nudge in given:
        await nudges.add(session, "duty", DAY, nudge)
    await nudges.add(session, "duty", DAY + timedelta(days=1), given[0])
    assert await nudges.list_of_day(session, "duty", DAY) == given


async def test_a_group_that_moves_has_none_of_its_messages_any_more(session: Session) -> None:
    for slot, chat_id in (("here", GROUP), ("elsewhere", 5)):
        await messages.add(session, slot, chat_id, 7, None, NOW)
    await messages.forget_chat(session, GROUP, GROUP - 1)
    moved, other = await messages.get(session, "here"), await messages.get(session, "elsewhere")
    assert moved
    assert (moved.chat_id, moved.message_id) == (GROUP - 1, None)
    assert other
    assert other.message_id == 7
    assert await messages.get(session, "nowhere") is None


@pytest.mark.parametrize(
    ("bound_in", "refused_in", "is_removed"),
    [(None, None, True), (3, 3, True), (3, None, True), (3, 4, False), (None, 4, False)],
)
async def test_a_topic_that_refuses_unbinds_only_the_group_that_is_bound_in_it(
    session: Session, bound_in: int | None, refused_in: int | None, *, is_removed: bool
) -> None:
    await command.add(session, "Ban CHQS", DAY)
    await command.save_group(session, GROUP, bound_in, NOW)
    assert await command.remove_group(session, GROUP, refused_in) is is_removed
    known = await command.get(session)
    assert known
    assert (known.group is None) is is_removed
