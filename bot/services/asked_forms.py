"""Forms that are not asked for daily: about a session or course, or for a target."""

from datetime import date, datetime

from bot.domain.calendar import Schedule
from bot.domain.forms import ReportType
from bot.domain.reports import Form
from bot.services import subjects, target_reports
from storage import arrivals, reports
from storage.database import Session


async def form(
    session: Session, schedule: Schedule, kind: ReportType, day: date, unit_id: int, subject: str
) -> Form:
    """The form, open or not. Raises NoReportDueError and NotHeldError."""
    if kind.has_subject:
        return await subjects.form(session, schedule, kind, day, unit_id, subject)
    return await target_reports.form(session, schedule, kind, day, unit_id)


async def list_forms(session: Session, schedule: Schedule, now: datetime) -> list[Form]:
    """Every one that is open now, reported or not."""
    return [
        *await subjects.list_forms(session, schedule, now),
        *await target_reports.list_forms(session, schedule, now),
    ]


async def arrived_at(session: Session, form: Form) -> dict[int, datetime]:
    """When each unit's report of the same thing first came in."""
    if form.kind.has_subject:
        about = await reports.list_about(session, form.report_type, [form.subject])
        return {unit_id: report.first_submitted_at for (_, unit_id), report in about.items()}
    came = await arrivals.list_between(session, form.report_type, form.day, form.day)
    return {arrival.unit_id: arrival.first_submitted_at for arrival in came}
