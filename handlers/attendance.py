"""/diemdanh: attendance of a session, or the results of a course."""

from bot.domain.reports import NotAcceptedError
from bot.screens import activities as screens
from bot.screens import duty
from bot.services import subjects
from handlers.call import Call
from handlers.reporting import screen
from storage import reports
from storage.messages import FormPlace


async def attendance(call: Call) -> None:
    """Open the one form that is open and not yet reported, or let one be chosen."""
    session, now = call.turn.session, call.turn.received_at
    led = call.person.units_on(call.today)
    listed = await subjects.list_forms(session, call.desk.schedule, now)
    own = [form for form in listed if form.unit.id in led]
    if not own:
        await call.reply(call.texts.no_open_attendance)
        return
    reported = set()
    for report_type, subject in subjects.by_subject(own):
        found = await reports.list_about(session, report_type, [subject])
        reported |= {(report_type, subject, unit_id) for _, unit_id in found}
    told = [(form, (form.report_type, form.subject, form.unit.id) in reported) for form in own]
    missing = [form for form, is_reported in told if not is_reported]
    if len(missing) != 1:
        await call.reply(screens.choose_form(call.texts, told))
        return
    (form,) = missing
    try:
        view = await call.desk.reporting.open(
            session, call.person, form.report_type, form.day, form.unit.id, now, form.subject
        )
    except NotAcceptedError as error:
        await call.reply(duty.refusal(call.texts, form.report_type, error))
        return
    place = FormPlace(form.report_type, form.day, form.unit.id, call.person.id, form.subject)
    await call.reply(screen(call.texts, view), place=place)
