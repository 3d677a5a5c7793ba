"""Invitations of a file: one for each row whose place is neither held nor invited to."""

from collections import Counter
from datetime import date

from bot.domain.people import Role
from bot.domain.table_reading import Row
from bot.domain.tables import Reason
from bot.services.import_batch import Batch, Done, Invited, refused
from bot.services.joining import VALID_FOR, create_invitation
from storage import invitations, people

Places = Counter[tuple[Role, int | None, date | None]]


async def places(batch: Batch) -> Places:
    """How many hold each place or are invited to it: role, unit, last day."""
    held = [
        seat.assignment
        for seat in await people.list_seats(batch.session)
        if seat.is_open(batch.today)
    ]
    asked = await invitations.list_open(batch.session, batch.now)
    return Counter(
        [(each.role, each.unit_id, each.until) for each in held]
        + [(each.role, each.unit_id, each.until) for each in asked]
    )


async def take_invitation(batch: Batch, row: Row, taken: Places) -> Done:
    """Invite, unless somebody has the place: `taken` loses one for each row. Raises RowRefusedError."""
    role, until = Role(row.values["role"]), row.values.get("until")
    unit = batch.unit(row, "unit") if row.values.get("unit") else None
    if role.leads_unit and unit is None:
        raise refused(row, "unit", Reason.UNIT_NEEDED)
    if unit and not role.leads_unit:
        raise refused(row, "unit", Reason.NO_UNIT_NEEDED)
    place = (role, unit.id if unit else None, until)
    if taken[place] > 0:
        taken[place] -= 1
        return Done.KEPT
    if until and until < batch.today:
        raise refused(row, "until", Reason.PAST, until)
    token, expires_at = await create_invitation(
        batch.session,
        role,
        unit,
        batch.now,
        until=until,
        valid_for=row.values.get("expires") or VALID_FOR,
    )
    batch.invited.append(Invited(role, unit, until, expires_at, token))
    return Done.ADDED
