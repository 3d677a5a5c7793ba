"""What people type to the bot: a report as one line, and the answers to a form's questions."""

from collections.abc import Awaitable

from bot.domain.forms import DUTY, CountOutOfRangeError, PartOfWholeError, TextTooLongError
from bot.domain.people import Action
from bot.domain.reports import NotAcceptedError
from bot.domain.typed_counts import NotCountsError
from bot.domain.typed_line import looks_like_line, split_unit
from bot.domain.units import Unit
from bot.screens import duty
from bot.screens.questions import FieldQuestion, FormQuestion, LateQuestion
from bot.services import own_units, typed_lines
from bot.services.reporting import NotYourUnitError
from bot.services.typed_lines import EmptyTextError, Line, Unread
from bot.services.views import View
from bot.texts import Texts
from bot.texts.markup import Html, literal
from handlers.call import Call
from handlers.reporting import problem, screen
from storage import units
from storage.messages import FormPlace


async def line_typed(call: Call) -> bool:
    """Take a line, typed or edited, as the draft of a report; False if the text is no line."""
    message = call.update.effective_message
    today = call.desk.schedule.local_day(call.turn.received_at)
    if message is None or not message.text or message.text.startswith("/"):
        return False
    if not call.person.may(Action.REPORT, today):
        return False
    listed = tuple((await units.registry(call.turn.session)).on(today))
    own = tuple(unit for unit in listed if unit.id in call.person.units_on(today))
    named, text = split_unit(message.text, listed)
    if named is None:  # a name that two units bear may be one's own all the same
        named, text = split_unit(message.text, own)
    if not own or not looks_like_line(text, call.texts.vocabulary):
        return False
    # An edit is read as of the day on which the message was first sent: "today" meant that day.
    day = min(today, call.desk.schedule.local_day(message.date))
    typed_at = message.edit_date or message.date
    if named is not None and named not in own:
        await call.reply(call.texts.line_of_another_unit(named))
    elif named is None and len(own) > 1:
        states = await own_units.states(call.turn.session, call.desk.schedule, DUTY.key, day, own)
        why = call.texts.line_without_unit(own)
        await call.reply(duty.choose_unit(call.texts, DUTY.key, day, states, why))
    else:
        await _take(call, named or own[0], Line(text, day, typed_at), message.message_id)
    return True


async def _take(call: Call, unit: Unit, line: Line, message_id: int) -> None:
    try:
        taken = await typed_lines.take_line(
            call.desk.reporting,
            call.turn.session,
            call.person,
            DUTY.key,
            unit.id,
            line,
            call.texts.vocabulary,
            call.turn.received_at,
        )
    except NotAcceptedError as error:
        await call.reply(duty.refusal(call.texts, DUTY.key, error))
        return
    if isinstance(taken, Unread):
        shown = duty.line_problem(call.texts, taken.form, taken.seen, taken.error)
    else:
        shown = screen(call.texts, taken)
    place = FormPlace(DUTY.key, taken.form.day, unit.id, call.person.id)
    # One message a line: an edit of the line draws it anew. What corrects a report is a new one,
    # so that its receipt stays and the phone tells.
    slot = (
        f"line:{call.here.chat_id}:{message_id}:{unit.id}:{taken.form.day.isoformat()}:{taken.seen}"
    )
    await call.show_at(slot, shown, place)


async def field_typed(call: Call, question: FieldQuestion, text: str) -> None:
    """Put the words into the form that asked for them."""
    session, now = call.turn.session, call.turn.received_at
    words = call.texts.count_words
    taking = typed_lines.take_text(
        call.desk.reporting, session, call.person, question, text, words, now
    )
    await _answer(call, question, taking)


async def late_reason_typed(call: Call, question: LateQuestion, text: str) -> None:
    """Put the reason beside the mark of a late report."""
    session, now = call.turn.session, call.turn.received_at
    taking = typed_lines.take_late_reason(
        call.desk.reporting, session, call.person, question, text, now
    )
    await _answer(call, question, taking)


async def _answer(call: Call, question: FormQuestion, taking: Awaitable[View]) -> None:
    """Draw the form anew where the question stands; words that will not do leave it open.

    Where nothing can be answered any more, the words may be a line for another day.
    """
    try:
        view = await taking
    except NotAcceptedError as error:
        if not await line_typed(call):
            await call.reply(duty.refusal(call.texts, question.report_type, error))
    except NotYourUnitError:
        if not await line_typed(call):
            await call.reply(call.texts.not_your_unit)
    except (
        TextTooLongError,
        EmptyTextError,
        PartOfWholeError,
        NotCountsError,
        CountOutOfRangeError,
    ) as error:
        await call.ask(question)
        await call.reply(_why_not(call.texts, question, error))
    else:
        await call.redraw(screen(call.texts, view), question.slot)


def _why_not(
    texts: Texts,
    question: FormQuestion,
    error: TextTooLongError
    | EmptyTextError
    | PartOfWholeError
    | NotCountsError
    | CountOutOfRangeError,
) -> Html:
    match error:
        case TextTooLongError():
            return texts.text_longer(error.length, error.longest)
        case PartOfWholeError():
            return texts.no_part_of_whole
        case NotCountsError():
            return texts.not_counts(error.typed, question.report_type)
        case CountOutOfRangeError():
            return literal(problem(texts, question.report_type, error))
        case _:
            return texts.text_empty
