"""Taking in a file's rows: all of them or none, with every reason why not."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import Schedule
from bot.domain.table_reading import Row
from bot.domain.tables import Kind, Problem, TableRefusedError
from bot.services.import_activities import by_subject, take_activity
from bot.services.import_batch import Batch, Done, Invited, RowRefusedError
from bot.services.import_people import places, take_invitation
from bot.services.import_roster import Rosters
from bot.services.import_units import take_strength, take_unit
from storage import activities, rosters, units
from storage.database import Session

Take = Callable[[Batch, Row], Awaitable[Done]]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many rows added something, changed something, and told what was so already."""

    added: int
    changed: int
    kept: int
    invited: tuple[Invited, ...] = ()


async def take_in(
    session: Session,
    kind: Kind,
    rows: Sequence[Row],
    schedule: Schedule,
    now: datetime,
    step: Callable[[float], None],
) -> TakenIn:
    """Take in the rows in this transaction, which the caller undoes if it raises.

    Raises TableRefusedError with all that is wrong.
    """
    batch = Batch(session, schedule, now, await units.registry(session))
    known = Rosters(await rosters.list_all(session) if kind is Kind.ROSTER else ())
    take = await _taker(batch, kind, known)
    counts: Counter[Done] = Counter()
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        try:
            # Half of a refused row must not look like something that is there to the rows below it.
            async with session.savepoint():
                done = await take(batch, row)
        except RowRefusedError as error:
            problems.append(error.problem)
            if kind is Kind.UNITS:
                await batch.reload()
        else:
            counts[done] += 1
        step(number / len(rows))
    if problems:
        raise TableRefusedError(problems)
    await known.record(batch)
    return TakenIn(
        counts[Done.ADDED], counts[Done.CHANGED], counts[Done.KEPT], tuple(batch.invited)
    )


async def _taker(batch: Batch, kind: Kind, known: Rosters) -> Take:
    match kind:
        case Kind.UNITS:
            return take_unit
        case Kind.STRENGTHS:
            return take_strength
        case Kind.PEOPLE:
            taken = await places(batch)
            return lambda batch, row: take_invitation(batch, row, taken)
        case Kind.ROSTER:
            return known.take
        case Kind.ACTIVITIES:
            listed = by_subject(await activities.list_all(batch.session))
            return lambda batch, row: take_activity(batch, row, listed)
