"""The pinned message of each day in the command group: what it shows against what it should show."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.digests.board import board as board_text
from bot.domain.calendar import Schedule
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY
from bot.screens.message import Message, Pin
from bot.services import compliance
from bot.services.facts import Facts
from bot.services.posting import post, redraw
from bot.texts import Texts
from bot.texts.markup import Html
from storage import boards, messages
from storage.boards import Board
from storage.database import Session
from storage.outbox import Destination


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one board, found when `seen` was all that it had been told.

    `text`: what it is to show, if that is news; `pins` and `unpins` are ids of messages.
    """

    to: Destination
    seen: Board | None
    after: Board
    text: Html | None = None
    pins: int | None = None
    unpins: int | None = None


class Boards:
    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    async def find_changes(
        self, session: Session, facts: Facts, now: datetime
    ) -> tuple[Change, ...]:
        """Return what today's board, and those before it that are still pinned, are to be told."""
        if facts.group is None:
            return ()
        reader = facts.group.key
        to, texts = facts.readers[reader].to, facts.readers[reader].texts
        standing = await boards.list_of(session, DUTY.key, reader)
        begun = _begun(facts, standing, now)
        known: list[tuple[Board, Board | None]] = [(board, board) for board in standing]
        if begun:
            slot = f"board:{DUTY.key}:{begun.isoformat()}:{reader}"
            known.append((Board(DUTY.key, begun, reader, slot, ""), None))
        changes: list[Change] = []
        is_replaced = False
        for board, seen in reversed(known):
            change = await self._change(session, to, texts, board, seen, now)
            if is_replaced:
                change = replace(
                    change,
                    after=replace(change.after, is_unpinned=True),
                    pins=None,
                    unpins=board.pinned_message_id,
                )
            is_replaced = is_replaced or change.after.pinned_message_id is not None
            changes.append(change)
        changes += [
            await _taken_down(session, to, board)
            for board in await boards.list_left(session, DUTY.key, reader)
        ]
        return tuple(
            c for c in changes if (c.text is not None if c.seen is None else c.after != c.seen)
        )

    async def carry_out(self, session: Session, change: Change, now: datetime) -> None:
        """Queue the change, unless somebody has changed the board since it was looked at."""
        board = change.after
        if await boards.get(session, board.report_type, board.day, board.reader) != change.seen:
            return
        if change.text is not None:
            message = Message(change.text)
            if change.seen is None:
                await post(
                    session, Kind.BOARD, board.slot, change.to, message, now, is_redrawn=True
                )
            else:
                # Its place may have been purged with other old rows.
                placed = change.seen.pinned_message_id
                await messages.add(session, board.slot, change.to.chat_id, placed, None, now)
                key = f"{board.slot}:{board.content_hash}:{now.isoformat()}"
                await redraw(session, Kind.BOARD, key, board.slot, change.to, message, now)
        if change.pins is not None:
            await _queue_pin(session, change, Pin(change.pins), now)
        if change.unpins is not None:
            await _queue_pin(session, change, Pin(change.unpins, is_pinned=False), now)
        await boards.save(session, board)

    async def _change(
        self,
        session: Session,
        to: Destination,
        texts: Texts,
        board: Board,
        seen: Board | None,
        now: datetime,
    ) -> Change:
        shown = await messages.get(session, board.slot)
        message_id = shown.message_id if shown else None
        is_placed_anew = message_id is not None and message_id != board.pinned_message_id
        # It was there and is no longer: the group has moved, or somebody deleted the message.
        is_lost = shown is not None and message_id is None and board.pinned_message_id is not None
        summary = await compliance.summary(session, self._schedule, board.day, board.day, now)
        text = board_text(texts, summary)
        content_hash = hashlib.sha256(text.encode()).hexdigest()[:16]
        return Change(
            to,
            seen,
            replace(
                board,
                content_hash=content_hash,
                pinned_message_id=message_id
                if is_placed_anew or is_lost
                else board.pinned_message_id,
            ),
            text=text if is_lost or content_hash != board.content_hash else None,
            pins=message_id if is_placed_anew else None,
        )


async def _taken_down(session: Session, to: Destination, board: Board) -> Change:
    """Unpin what stands in a group that is the command group no longer."""
    shown = await messages.get(session, board.slot)
    return Change(
        Destination(shown.chat_id) if shown else to,
        board,
        replace(board, is_unpinned=True),
        unpins=board.pinned_message_id if shown else None,
    )


def _begun(facts: Facts, standing: Sequence[Board], now: datetime) -> date | None:
    """The newest day that asks for reports now, if it has no board and no later day has one."""
    is_open = [f.window.day for f in facts.days if f.window.opens <= now < f.window.locks]
    newest = standing[-1].day if standing else date.min
    return max((day for day in is_open if day > newest), default=None)


async def _queue_pin(session: Session, change: Change, pin: Pin, now: datetime) -> None:
    board = change.after
    key = f"{'pin' if pin.is_pinned else 'unpin'}:{board.slot}:{pin.message_id}"
    await post(session, Kind.PIN, key, change.to, pin, now)
