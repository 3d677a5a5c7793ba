"""Messages on people's phones, and those that wait to be sent."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.delivery import Lane
from storage import messages, outbox, people, reports, units
from storage.database import Session
from storage.messages import FormPlace
from storage.outbox import Destination, FormKey, NewRow, Row, SendState
from tests.storage.test_subjects import report_of

DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CHAT = 1001


def row(key: str, chat: int = CHAT, **details: object) -> NewRow:
    planned = NewRow(key, "reply", Lane.INTERACTIVE, Destination(chat), "{}", NOW)
    return dataclasses.replace(planned, **details)  # type: ignore[arg-type]


async def add(session: Session, *rows: NewRow) -> None:
    for one in rows:
        assert await outbox.add(session, one, NOW)


async def keyed(session: Session, row_id: int) -> str:
    found = await session.one("SELECT key FROM outbox WHERE id = ?", (row_id,))
    assert found
    return str(found["key"])


async def heads(session: Session, limit: int = 100) -> list[str]:
    listed = await outbox.list_heads(session, limit)
    return [(await keyed(session, head.id)) for head in listed]


async def get(session: Session, key: str) -> Row:
    (head,) = [
        head
        for head in await outbox.list_heads(session, 100)
        if await keyed(session, head.id) == key
    ]
    return await outbox.take_newest(session, head, NOW)


async def state(session: Session, key: str) -> str:
    found = await session.one("SELECT state FROM outbox WHERE key = ?", (key,))
    assert found
    return str(found["state"])


async def set_state(session: Session, key: str, new: SendState, at: datetime = NOW) -> None:
    found = await session.one("SELECT id FROM outbox WHERE key = ?", (key,))
    assert found
    await outbox.save_state(session, found["id"], new, at)


@pytest.fixture
async def place(session: Session) -> FormPlace:
    unit = await units.add(session, code="a", name="a", short_name="a", position=0, valid_from=DAY)
    assert unit
    return FormPlace("duty", DAY, unit, await people.add(session, CHAT, "vi"))


class TestAdopting:
    async def test_a_message_that_is_known_keeps_its_slot(
        self, session: Session, place: FormPlace
    ) -> None:
        await messages.add(session, "prompt:1", CHAT, 55, place, NOW)
        await messages.add(session, "prompt:2", CHAT, None, place, NOW)
        assert await messages.adopt(session, CHAT, 55, place, LATER) == "prompt:1"

    async def test_a_press_tells_which_message_a_doubtful_send_became(
        self, session: Session, place: FormPlace
    ) -> None:
        elsewhere = dataclasses.replace(place, day=DAY - timedelta(days=1))
        await messages.add(session, "other-day", CHAT, None, elsewhere, NOW)
        await messages.add(session, "other-chat", 9, None, place, NOW)
        await messages.add(session, "younger", CHAT, None, place, LATER)
        await messages.add(session, "elder", CHAT, None, place, NOW)
        assert await messages.adopt(session, CHAT, 55, place, LATER) == "elder"
        assert await messages.adopt(session, CHAT, 56, place, LATER) == "younger"
        assert await messages.adopt(session, CHAT, 57, place, LATER) == "pressed:1001:57"
        assert await messages.adopt(session, CHAT, 55, place, LATER) == "elder"

    async def test_a_message_that_nobody_knows_gets_a_slot_once(self, session: Session) -> None:
        slots = {await messages.adopt(session, CHAT, 55, None, NOW) for _ in range(3)}
        assert slots == {"pressed:1001:55"}
        (row,) = await session.all("SELECT message_id FROM shown_message")
        assert row["message_id"] == 55

    async def test_those_with_buttons_are_open(self, session: Session, place: FormPlace) -> None:
        for slot in ("a", "b", "c"):
            await messages.add(session, slot, CHAT, None, place, NOW)
        await messages.save_buttons(session, "a", has_buttons=True)
        await messages.save_buttons(session, "b", has_buttons=True)
        await messages.save_buttons(session, "b", has_buttons=False)
        await messages.save_message_id(session, "a", 70)
        shown = await messages.list_open(session, "duty", DAY, place.unit_id)
        assert shown == [messages.ShownMessage("a", CHAT, 70, place.person_id)]
        assert await messages.list_open(session, "duty", DAY, 404) == []

    async def test_old_ones_go(self, session: Session) -> None:
        await messages.add(session, "old", CHAT, 1, None, NOW)
        await messages.add(session, "new", CHAT, 2, None, LATER)
        await messages.remove_older(session, LATER)
        assert [row["slot"] for row in await session.all("SELECT slot FROM shown_message")] == [
            "new"
        ]


class TestQueue:
    async def test_a_key_is_taken_once_and_for_all(self, session: Session) -> None:
        assert await outbox.add(session, row("k"), NOW)
        assert not await outbox.add(session, row("k", payload="other"), NOW)
        await set_state(session, "k", SendState.SENT)
        assert not await outbox.add(session, row("k"), LATER)
        assert await outbox.add(session, row("passed"), NOW, SendState.SUPERSEDED)
        assert await heads(session) == []

    async def test_a_row_comes_back_as_it_was_written(
        self, session: Session, place: FormPlace
    ) -> None:
        await messages.add(session, "slot", CHAT, 55, place, NOW)
        about = FormKey("duty", DAY, place.unit_id)
        to = Destination(CHAT, 7)
        written = row("k", to=to, slot="slot", about=about, not_after=LATER, payload='{"x": "đ"}')
        await add(session, written)
        found = await get(session, "k")
        assert found == Row(
            id=found.id,
            key="k",
            kind="reply",
            lane=Lane.INTERACTIVE,
            to=to,
            payload='{"x": "đ"}',
            slot="slot",
            message_id=55,
            scheduled_at=NOW,
            not_after=LATER,
        )

    async def test_within_a_chat_and_lane_the_order_of_writing_is_kept(
        self, session: Session
    ) -> None:
        await add(session, row("1"), row("2"))
        assert await heads(session) == ["1"]
        await set_state(session, "1", SendState.SENDING)
        assert await heads(session) == [], "what is on the wire holds up the rest"
        await set_state(session, "1", SendState.SENT)
        assert await heads(session) == ["2"]

    async def test_an_answer_waits_for_no_announcement(self, session: Session) -> None:
        await add(
            session,
            row("notice-a", chat=1, lane=Lane.LADDER),
            row("news-b", chat=2, lane=Lane.BROADCAST),
            row("answer-b", chat=2, lane=Lane.INTERACTIVE),
            row("news-c", chat=3, lane=Lane.BROADCAST),
            row("answer-d", chat=4, lane=Lane.INTERACTIVE),
        )
        urgent_first = ["answer-b", "answer-d", "notice-a", "news-b", "news-c"]
        assert await heads(session) == urgent_first
        assert await heads(session, limit=2) == urgent_first[:2]

    async def test_only_the_newest_of_a_slot_is_shown(self, session: Session) -> None:
        await add(session, *(row(key, slot="s") for key in ("1", "2", "3")), row("x", slot="t"))
        head = (await outbox.list_heads(session, 1))[0]
        newest = await outbox.take_newest(session, head, LATER)
        assert newest.key == "3"
        assert [await state(session, key) for key in ("1", "2", "3", "x")] == [
            "superseded",
            "superseded",
            "pending",
            "pending",
        ]
        await set_state(session, "3", SendState.SENT)
        with pytest.raises(LookupError):
            await outbox.take_newest(session, head, LATER)

    async def test_those_on_the_wire_at_a_crash_are_found(self, session: Session) -> None:
        await add(session, row("waits", chat=1), row("flies", chat=2), row("sent", chat=3))
        await set_state(session, "flies", SendState.SENDING)
        await set_state(session, "sent", SendState.SENT)
        (interrupted,) = await outbox.list_interrupted(session)
        await outbox.save_state(session, interrupted, SendState.DOUBTFUL, NOW, "interrupted")
        assert await state(session, "flies") == "doubtful"

    async def test_a_group_that_became_a_supergroup_takes_what_waits_along(
        self, session: Session
    ) -> None:
        await add(session, row("sent", chat=-5), row("waits", chat=-5), row("other", chat=6))
        await set_state(session, "sent", SendState.SENT)
        await outbox.move_chat(session, -5, -100)
        rows = await session.all("SELECT key, chat_id FROM outbox ORDER BY id")
        assert [tuple(one) for one in rows] == [("sent", -5), ("waits", -100), ("other", 6)]

    async def test_keys_of_notices_are_found_by_their_days(self, session: Session) -> None:
        for days, key in enumerate(("today", "yesterday", "before")):
            about = FormKey("duty", DAY - timedelta(days=days))
            await add(session, row(key, about=about))
        await add(session, row("weekly", about=FormKey("weekly", DAY)), row("reply"))
        await set_state(session, "yesterday", SendState.EXPIRED)
        found = await outbox.keys_about(session, "duty", DAY - timedelta(days=1), DAY)
        assert found == {"today", "yesterday"}


class TestNotices:
    def notice(self, key: str, place: FormPlace, chat: int = CHAT, **details: object) -> NewRow:
        about = FormKey("duty", place.day, place.unit_id)
        return row(key, chat, lane=Lane.LADDER, about=about, **details)

    async def matters(self, session: Session, key: str, now: datetime = NOW) -> bool:
        found = await session.one("SELECT id FROM outbox WHERE key = ?", (key,))
        assert found
        return await outbox.still_matters(session, found["id"], now)

    async def test_it_matters_until_the_report_is_in(
        self, session: Session, place: FormPlace
    ) -> None:
        await add(session, self.notice("prompt", place))
        assert await self.matters(session, "prompt")
        await reports.save(session, "duty", report_of(place.unit_id, DAY - timedelta(days=1)))
        assert await self.matters(session, "prompt"), "another day's report"
        await reports.save(session, "duty", report_of(place.unit_id))
        assert not await self.matters(session, "prompt")

    async def test_a_higher_rung_that_waits_for_the_same_person_takes_its_place(
        self, session: Session, place: FormPlace
    ) -> None:
        await add(
            session,
            self.notice("prompt", place),
            self.notice("for-a-deputy", place, chat=2),
        )
        assert await self.matters(session, "prompt")
        await add(session, self.notice("reminder", place, not_after=LATER))
        assert not await self.matters(session, "prompt")
        assert await self.matters(session, "reminder")
        assert await self.matters(session, "prompt", LATER), "the higher one is out of date"
        await set_state(session, "reminder", SendState.SENT)
        assert await self.matters(session, "prompt")

    async def test_a_digest_is_overtaken_by_the_next_one_and_not_by_a_picture(
        self, session: Session
    ) -> None:
        about = FormKey("duty", DAY)
        await add(session, row("at-due", kind="digest", lane=Lane.LADDER, about=about))
        await add(session, row("picture", kind="picture", lane=Lane.LADDER, about=about))
        assert await self.matters(session, "at-due")
        await add(session, row("final", kind="digest", lane=Lane.LADDER, about=about))
        assert not await self.matters(session, "at-due")
        assert await self.matters(session, "picture")

    async def test_a_report_silences_what_waits_for_it_and_nothing_else(
        self, session: Session, place: FormPlace
    ) -> None:
        other_day = dataclasses.replace(place, day=DAY - timedelta(days=1))
        await add(
            session,
            self.notice("prompt", place),
            self.notice("reminder", place, chat=2),
            self.notice("sent", place, chat=3),
            self.notice("yesterday", other_day),
            row("receipt", about=FormKey("duty", DAY, place.unit_id)),
            row("digest", lane=Lane.LADDER, about=FormKey("duty", DAY)),
        )
        await set_state(session, "sent", SendState.SENT)
        about = FormKey("duty", DAY, place.unit_id)
        await outbox.cancel_about(session, about, Lane.LADDER, NOW)
        rows = await session.all("SELECT key FROM outbox WHERE state = 'superseded' ORDER BY id")
        assert [one["key"] for one in rows] == ["prompt", "reminder"]


async def test_what_is_finished_goes_after_a_week_and_what_is_in_doubt_after_a_month(
    session: Session,
) -> None:
    finished = {
        "sent-6": (SendState.SENT, 6),
        "sent-8": (SendState.SENT, 8),
        "refused-8": (SendState.REFUSED, 8),
        "superseded-8": (SendState.SUPERSEDED, 8),
        "expired-8": (SendState.EXPIRED, 8),
        "doubtful-8": (SendState.DOUBTFUL, 8),
        "doubtful-31": (SendState.DOUBTFUL, 31),
        "pending": (SendState.PENDING, 99),
        "sending": (SendState.SENDING, 99),
    }
    for chat, (key, (outcome, days)) in enumerate(finished.items()):
        await add(session, row(key, chat=chat))
        await set_state(session, key, outcome, NOW - timedelta(days=days))
    gone = await outbox.remove_older(session, NOW - timedelta(days=7), NOW - timedelta(days=30))
    assert gone == 5
    rows = await session.all("SELECT key FROM outbox ORDER BY key")
    assert [one["key"] for one in rows] == ["doubtful-8", "pending", "sending", "sent-6"]
