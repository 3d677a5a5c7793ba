"""What goes in comes out, subject by subject."""

import dataclasses
import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.people import Role
from bot.domain.reports import Author, Report
from bot.services.joining import create_invitation
from storage import (
    closed_days,
    command,
    drafts,
    invitations,
    people,
    reports,
    times,
    units,
    updates,
)
from storage.database import Session
from storage.drafts import Draft
from storage.invitations import Invitation
from storage.updates import Journaled

DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0, 0, 123000, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def unit(session: Session) -> int:
    """Return the id of a unit that has been there for long."""
    unit_id = await units.add(
        session,
        code="an-son",
        name="phường An Sơn",
        short_name="An Sơn",
        position=1,
        valid_from=date(2022, 1, 1),
        aliases=("AS", "P. An Sơn"),
    )
    assert unit_id is not None
    return unit_id


@pytest.fixture
async def person(session: Session) -> int:
    return await people.add(session, 4_500_000_001, "vi")


class TestTimes:
    @pytest.mark.parametrize(
        "moment",
        [
            NOW,
            datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC),
            datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC),
        ],
    )
    def test_milliseconds_come_back_exactly(self, moment: datetime) -> None:
        assert times.from_ms(times.to_ms(moment)) == moment

    def test_nothing_stays_nothing_and_what_is_finer_is_cut(self) -> None:
        assert times.to_ms_or_none(None) is None
        assert times.from_ms_or_none(None) is None
        assert times.from_ms_or_none(0) == datetime(1970, 1, 1, tzinfo=UTC)
        assert times.to_ms(NOW + timedelta(microseconds=999)) == times.to_ms(NOW)


class TestCommand:
    async def test_there_is_one_and_it_keeps_its_first_day(self, session: Session) -> None:
        assert await command.get(session) is None
        assert await command.add(session, "Tam Kỳ", DAY)
        assert not await command.add(session, "Hội An", DAY)
        await command.save_name(session, "Đà Nẵng")
        await command.save_bot_username(session, "a_bot")
        known = await command.get(session)
        assert known == command.Command("Đà Nẵng", DAY, "a_bot", None)

    async def test_the_group_comes_and_goes(self, session: Session) -> None:
        await command.add(session, "Tam Kỳ", DAY)
        await command.save_group(session, -100123, 7, NOW)
        known = await command.get(session)
        assert known
        assert known.group == command.CommandGroup(-100123, 7, NOW)
        assert not await command.remove_group(session, -100999), "another group"
        assert not await command.remove_group(session, -100123, 8), "another topic"
        assert await command.remove_group(session, -100123, 7)
        known = await command.get(session)
        assert known
        assert known.group is None


class TestUnits:
    async def test_a_code_is_taken_once(self, session: Session, unit: int) -> None:
        assert unit
        again = await units.add(
            session, code="an-son", name="x", short_name="x", position=2, valid_from=DAY
        )
        assert again is None
        (found,) = (await units.registry(session)).on(DAY)
        assert found.name == "phường An Sơn"
        assert set(found.aliases) == {"AS", "P. An Sơn"}
        assert found.establishment is None

    async def test_strengths_hold_from_their_day_on(self, session: Session, unit: int) -> None:
        for since, strength, is_sample in (
            (date(2026, 1, 1), 30, False),
            (date(2022, 1, 1), 27, True),
            (date(2026, 3, 16), 31, False),
        ):
            await units.save_strength(session, unit, since, strength, is_sample=is_sample)
        registry = await units.registry(session)
        told = {
            day: (found.establishment, found.is_sample)
            for day in (date(2021, 12, 31), date(2025, 12, 31), date(2026, 3, 15), DAY)
            if (found := registry.get(unit, day))
        }
        assert told == {
            date(2025, 12, 31): (27, True),
            date(2026, 3, 15): (30, False),
            DAY: (31, False),
        }

    async def test_a_strength_of_the_same_day_is_replaced(
        self, session: Session, unit: int
    ) -> None:
        await units.save_strength(session, unit, DAY, 27, is_sample=True)
        await units.save_strength(session, unit, DAY, 0, is_sample=False)
        found = (await units.registry(session)).get(unit, DAY)
        assert found
        assert (found.establishment, found.is_sample) == (0, False)

    async def test_a_unit_that_ended_is_there_on_the_days_before(
        self, session: Session, unit: int
    ) -> None:
        await session.run("UPDATE unit SET valid_to = '2026-03-16' WHERE id = ?", (unit,))
        registry = await units.registry(session)
        assert [found.id for found in registry.on(DAY - timedelta(days=1))] == [unit]
        assert registry.on(DAY) == ()
        assert registry.get(unit, DAY) is None

    async def test_the_list_is_in_the_configured_order(self, session: Session, unit: int) -> None:
        for position, code in ((1, "same"), (0, "first"), (5, "last")):
            await units.add(
                session, code=code, name=code, short_name=code, position=position, valid_from=DAY
            )
        listed = (await units.registry(session)).on(DAY)
        assert [found.code for found in listed] == ["first", "an-son", "same", "last"]
        assert unit == listed[1].id


class TestPeople:
    async def test_a_person_comes_back_with_their_roles(
        self, session: Session, unit: int, person: int
    ) -> None:
        assert await people.add_assignment(session, person, Role.LEADER, unit, NOW, None)
        assert await people.add_assignment(session, person, Role.ACTING, unit, LATER, DAY)
        other = await people.add(session, 2, "vi")
        await people.add_assignment(session, other, Role.ADMIN, None, NOW, None)
        found = await people.get_by_telegram_id(session, 4_500_000_001)
        assert found
        assert found == await people.get(session, person)
        assert [(a.role, a.unit_id, a.since, a.until) for a in found.assignments] == [
            (Role.LEADER, unit, NOW, None),
            (Role.ACTING, unit, LATER, DAY),
        ]
        listed = await people.list_members(session)
        assert [len(member.person.assignments) for member in listed] == [2, 1]

    async def test_the_same_role_for_the_same_unit_is_held_once(
        self, session: Session, unit: int, person: int
    ) -> None:
        assert await people.add_assignment(session, person, Role.LEADER, unit, NOW, None)
        assert not await people.add_assignment(session, person, Role.LEADER, unit, LATER, None)
        assert await people.add_assignment(session, person, Role.COMMANDER, None, NOW, None)
        assert not await people.add_assignment(session, person, Role.COMMANDER, None, NOW, None)
        await session.run("UPDATE assignment SET ended_at = 1 WHERE role = 'leader'")
        found = await people.get(session, person)
        assert found
        assert [a.role for a in found.assignments] == [Role.COMMANDER]
        assert await people.add_assignment(session, person, Role.LEADER, unit, LATER, None)

    async def test_who_cannot_be_reached_is_news_once(self, session: Session, person: int) -> None:
        assert person
        assert await people.save_unreachable(session, 4_500_000_001, NOW)
        assert not await people.save_unreachable(session, 4_500_000_001, LATER)
        assert not await people.save_unreachable(session, 404, NOW), "a stranger"
        assert [m.is_reachable for m in await people.list_members(session)] == [False]
        await people.save_reachable(session, 4_500_000_001)
        assert [m.is_reachable for m in await people.list_members(session)] == [True]

    async def test_a_language_is_kept(self, session: Session, person: int) -> None:
        await people.save_language(session, person, "en")
        found = await people.get(session, person)
        assert found
        assert found.language == "en"

    async def test_nobody_is_found_by_a_number_that_nobody_has(self, session: Session) -> None:
        assert await people.get_by_telegram_id(session, 1) is None
        assert await people.get(session, 1) is None
        assert await people.list_members(session) == []


class TestInvitations:
    async def test_it_comes_back_and_is_used_once(
        self, session: Session, unit: int, person: int
    ) -> None:
        given = Invitation(Role.ACTING, unit, DAY, LATER, used_by=None)
        await invitations.add(session, "hash", given, person, NOW)
        assert await invitations.get(session, "hash") == given
        assert await invitations.get(session, "other") is None
        await invitations.save_used(session, "hash", person, LATER)
        assert await invitations.get(session, "hash") == dataclasses.replace(given, used_by=person)

    async def test_only_the_hash_of_the_token_is_stored(self, session: Session) -> None:
        token, _ = await create_invitation(session, Role.ADMIN, None, NOW)
        (row,) = await session.all("SELECT * FROM invitation")
        assert row["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
        assert token not in [row[key] for key in row.keys()]  # noqa: SIM118 - a Row has no items


def report_of(unit: int, day: date = DAY, *, revision: int = 1, sick: int = 0) -> Report:
    return Report(
        unit_id=unit,
        day=day,
        first_submitted_at=NOW,
        due_at=LATER,
        revision=revision,
        revised_at=NOW + timedelta(minutes=revision),
        author=Author(None, None),
        establishment=27,
        answers={"absent": {"sick": sick} if sick else {}, "safety": True, "order": False},
    )


class TestReports:
    async def test_the_newest_revision_comes_back_and_the_first_time_stays(
        self, session: Session, unit: int, person: int
    ) -> None:
        first = report_of(unit)
        await reports.save(session, "duty", first)
        assert await reports.get(session, "duty", DAY, unit) == first
        second = dataclasses.replace(
            report_of(unit, revision=2, sick=3),
            author=Author(person, Role.DEPUTY),
            first_submitted_at=LATER,
            due_at=NOW,
            establishment=None,
        )
        await reports.save(session, "duty", second)
        found = await reports.get(session, "duty", DAY, unit)
        assert found == dataclasses.replace(
            second, first_submitted_at=first.first_submitted_at, due_at=first.due_at
        )
        rows = await session.all("SELECT revision, role FROM report_revision ORDER BY revision")
        assert [tuple(row) for row in rows] == [(1, None), (2, "deputy")]
        (fact,) = await session.all("SELECT revision, absent FROM report")
        assert tuple(fact) == (2, 3)

    async def test_days_and_units_and_types_are_apart(self, session: Session, unit: int) -> None:
        other = await units.add(
            session, code="b", name="b", short_name="b", position=9, valid_from=DAY
        )
        assert other
        days = [DAY - timedelta(days=n) for n in (0, 1, 4)]
        for day in days:
            await reports.save(session, "duty", report_of(unit, day))
        await reports.save(session, "duty", report_of(other))
        await reports.save(session, "weekly", report_of(unit))
        between = await reports.list_between(session, "duty", days[1], DAY)
        assert [(r.day, r.unit_id) for r in between] == [
            (days[1], unit),
            (DAY, unit),
            (DAY, other),
        ]
        latest = await reports.get_latest_before(session, "duty", days[1], unit)
        assert latest
        assert latest.day == days[2]
        assert await reports.get_latest_before(session, "duty", DAY, other) is None
        assert await reports.get(session, "duty", DAY, 404) is None

    async def test_a_revision_is_never_written_twice(self, session: Session, unit: int) -> None:
        await reports.save(session, "duty", report_of(unit))
        with pytest.raises(Exception, match="UNIQUE"):
            await reports.save(session, "duty", report_of(unit))

    async def test_vietnamese_is_stored_as_people_read_it(
        self, session: Session, unit: int
    ) -> None:
        report = dataclasses.replace(report_of(unit), answers={"note": "Đã kiểm tra"})
        await reports.save(session, "duty", report)
        (row,) = await session.all("SELECT answers FROM report_revision")
        assert row["answers"] == '{"note":"Đã kiểm tra"}'


class TestDrafts:
    async def test_one_a_person_type_day_and_unit(
        self, session: Session, unit: int, person: int
    ) -> None:
        first = Draft(person, "duty", DAY, unit, 0, {"absent": {"sick": 1}, "safety": True})
        later = dataclasses.replace(first, seen_revision=2, answers={"safety": False})
        yesterday = dataclasses.replace(first, day=DAY - timedelta(days=1))
        await drafts.save(session, first, NOW)
        assert await drafts.get(session, person, "duty", DAY, unit) == first
        await drafts.save(session, yesterday, LATER)
        await drafts.save(session, later, LATER + timedelta(hours=1))
        assert await drafts.list_of(session, person) == [yesterday, later]
        assert await drafts.remove(session, person, "duty", DAY, unit)
        assert not await drafts.remove(session, person, "duty", DAY, unit)
        assert await drafts.get(session, person, "duty", DAY, unit) is None
        assert await drafts.list_of(session, person) == [yesterday]

    async def test_old_ones_go(self, session: Session, unit: int, person: int) -> None:
        for hours, day in ((0, DAY), (2, DAY - timedelta(days=1))):
            draft = Draft(person, "duty", day, unit, 0, {})
            await drafts.save(session, draft, NOW + timedelta(hours=hours))
        await drafts.remove_older(session, LATER)
        assert [draft.day for draft in await drafts.list_of(session, person)] == [
            DAY - timedelta(days=1)
        ]


class TestClosedDays:
    async def test_the_last_of_a_type(self, session: Session) -> None:
        assert await closed_days.last(session, "duty") is None
        await closed_days.add(session, "duty", [DAY, DAY - timedelta(days=1)])
        await closed_days.add(session, "duty", [DAY])
        await closed_days.add(session, "weekly", [DAY + timedelta(days=7)])
        assert await closed_days.last(session, "duty") == DAY


class TestUpdates:
    async def test_an_id_that_telegram_gives_out_again_is_another_update(
        self, session: Session
    ) -> None:
        await updates.add(session, [Journaled(7, "hash", "{}"), Journaled(9, "hash", "{}")], NOW)
        assert await updates.handled(session, [7, 8]) == {(7, "hash")}
        await updates.add(session, [Journaled(7, "other", "{}")], NOW)
        assert await updates.handled(session, [7, 8]) == {(7, "hash"), (7, "other")}

    async def test_those_that_failed_are_kept_longer(self, session: Session) -> None:
        ages = {"new": 6, "old": 8, "failed": 29, "failed-old": 31}
        for number, (name, days) in enumerate(ages.items()):
            received = NOW - timedelta(days=days)
            error = "abc" if name.startswith("failed") else None
            await updates.add(session, [Journaled(number, name, "{}", error)], received)
        gone = await updates.remove_older(
            session, NOW - timedelta(days=7), NOW - timedelta(days=30)
        )
        assert gone == 2
        rows = await session.all("SELECT body_hash FROM handled_update ORDER BY 1")
        assert [row["body_hash"] for row in rows] == ["failed", "new"]
