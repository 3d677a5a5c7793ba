"""A report that came by telephone, entered on the server."""

from collections.abc import Sequence

from bot.console import FailedError, Here, absences
from bot.domain.forms import DUTY, checked
from bot.domain.reports import Author, NotAcceptedError
from bot.screens.duty import receipt, refusal
from bot.services.closing import close_others
from bot.services.reporting import Reporting
from bot.texts.markup import plain
from bot.texts.vi_words import VietnameseWords
from storage import reports
from storage.database import Session


async def enter_report(
    place: Here, session: Session, unit: str, day: str | None, absent: str, problems: Sequence[str]
) -> str:
    """Take what was typed as a report, and return its receipt in words.

    Raises WrongUseError, FailedError, UnknownUnitError and InvalidAnswersError.
    """
    library = place.library
    texts = library.default
    reporting_day = place.day(day)
    found = await place.unit(session, unit, reporting_day)
    report_type = place.settings.report_types[DUTY.key]
    existing = await reports.get(session, DUTY.key, reporting_day, found.id)
    # What a leader has said in words stays: no option here says it.
    given = {
        **({} if existing is None else existing.answers),
        **report_type.normal_answers(),
        # Typed in Vietnamese, as the lines of leaders are, whatever the language of the answer.
        "absent": absences(absent, VietnameseWords.reasons),
        **dict.fromkeys(problems, False),
    }
    answers = checked(report_type, given, found.establishment)
    reporting = Reporting(place.settings.schedule, place.settings.report_types)
    try:
        form = await reporting.admit(session, DUTY.key, reporting_day, found.id, place.now)
    except NotAcceptedError as error:
        raise FailedError(plain(refusal(texts, DUTY.key, error))) from error
    if existing is None or existing.answers != answers:
        existing = await reporting.submit(
            session,
            form,
            answers,
            Author(None, None),
            existing,
            place.now,
        )
        key = f"console:{form.day}:{found.id}:{existing.revision}"
        await close_others(session, library, form, existing, None, key, place.now)
    return plain(receipt(texts, form, existing).text)
