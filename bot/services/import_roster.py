"""People of units by codes: who comes onto a roster and who leaves it, from a day on."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from bot.domain.courses import RosterMember
from bot.domain.table_reading import Row
from bot.domain.tables import Reason
from bot.services.import_batch import Batch, Done, refused
from storage import audit, rosters

ADDED, LEFT = "people_added", "people_left"


class Rosters:
    """The rosters of all units, kept up to date while rows are taken in, and what changed in each."""

    def __init__(self, members: Iterable[RosterMember]) -> None:
        self._known: defaultdict[tuple[int, str], list[RosterMember]] = defaultdict(list)
        self._changes: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for member in members:
            self._known[member.unit_id, member.code.upper()].append(member)

    async def take(self, batch: Batch, row: Row) -> Done:
        """Raises RowRefusedError."""
        since, left = row.values.get("since"), row.values.get("left")
        unit = batch.unit(row, "unit", since)
        code = row.values["member"]
        batch.check_once(row, "member", (unit.id, code))
        known = max(self._known[unit.id, code], key=lambda m: m.valid_from, default=None)
        if known and not _is_new_spell(known, since):
            return await self._keep(batch, row, known)
        begins = since or batch.first_day_of(unit)
        _check_days(batch, row, begins, left)
        if begins < batch.first_day_of(unit):
            raise refused(row, "since", Reason.TOO_EARLY, begins, batch.first_day_of(unit))
        member_id = await rosters.add(
            batch.session,
            unit.id,
            code,
            row.values["category"],
            row.values["served_since"],
            begins,
        )
        if member_id is None:
            raise refused(row, "member", Reason.OTHER_MEMBER, code)
        self._changes[unit.id][ADDED] += 1
        if left:
            await self._end(batch, unit.id, member_id, left)
        return Done.ADDED

    async def _keep(self, batch: Batch, row: Row, known: RosterMember) -> Done:
        """Let the person leave where the row says so; what else it says must be so already."""
        since, left = row.values.get("since"), row.values.get("left")
        told = row.values["category"], row.values["served_since"], since or known.valid_from
        if told != (known.category, known.served_since, known.valid_from):
            raise refused(row, "member", Reason.OTHER_MEMBER, known.code)
        if left is None or left == known.valid_to:
            if left is None and since is None and known.valid_to and known.valid_to <= batch.today:
                raise refused(row, "member", Reason.LEFT_BEFORE, known.code, known.valid_to)
            return Done.KEPT
        if left < batch.today or (known.valid_to and known.valid_to <= batch.today):
            raise refused(row, "left", Reason.TOO_EARLY, left, batch.today)
        _check_days(batch, row, known.valid_from, left)
        await self._end(batch, known.unit_id, known.id, left)
        return Done.CHANGED

    async def _end(self, batch: Batch, unit_id: int, member_id: int, left: date) -> None:
        await rosters.save_end(batch.session, member_id, left)
        self._changes[unit_id][LEFT] += 1

    async def record(self, batch: Batch) -> None:
        """Write one entry a unit: how many came and left, and no codes, for the trail is kept for ever."""
        for unit_id, counts in self._changes.items():
            after = json.dumps(dict(counts))
            entry = audit.Entry("roster.change", None, None, unit_id, after=after)
            await audit.add(batch.session, entry, batch.now)


def _is_new_spell(known: RosterMember, since: date | None) -> bool:
    """Whether the row tells of somebody's coming back after having left."""
    return since is not None and known.valid_to is not None and since >= known.valid_to


def _check_days(batch: Batch, row: Row, begins: date, left: date | None) -> None:
    if row.values["served_since"] > begins:
        raise refused(row, "served_since", Reason.OUT_OF_ORDER, row.values["served_since"], begins)
    if left and left <= begins:
        raise refused(row, "left", Reason.OUT_OF_ORDER, begins, left)
    if left and left < batch.today:
        raise refused(row, "left", Reason.TOO_EARLY, left, batch.today)
