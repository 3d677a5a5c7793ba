"""What everybody has: /trogiup, /ngonngu, /huy."""

from bot.domain.changes_of_hours import next_hours
from bot.domain.people import Action
from bot.screens.commands import group_menu, personal_menu
from bot.screens.joining import choose_language
from bot.screens.message import Message
from bot.screens.payloads import LanguagePress
from bot.services import calendars
from bot.services.joining import choose_group_language
from bot.texts import LANGUAGES
from bot.texts.markup import Html
from handlers.call import Call, Press
from storage import announcements, drafts, people


async def help_(call: Call) -> None:
    await call.reply(await help_text(call))


async def language(call: Call) -> None:
    """Offer the languages: a person's own, or in the command group the group's."""
    if _is_in_group(call) and not call.person.may(Action.GROUP_LANGUAGE, call.today):
        await call.reply(call.texts.only_in_private)
        return
    await call.reply(choose_language(call.texts))


async def language_pressed(press: Press, payload: LanguagePress) -> None:
    if payload.language not in LANGUAGES:
        press.toast(press.texts.stale_button)
        return
    session, chosen = press.turn.session, press.desk.library.in_language(payload.language)
    if _is_in_group(press):
        if not press.person.may(Action.GROUP_LANGUAGE, press.today):
            press.toast(press.texts.not_allowed_toast)
            return
        await choose_group_language(session, payload.language, press.person, press.turn.received_at)
    else:
        await people.save_language(session, press.person.id, payload.language)
    press.texts = chosen
    await press.show(Message(chosen.language_chosen))
    if _is_in_group(press):
        await press.list_commands(group_menu(chosen))
    else:
        await press.desk.menus.tell_anew(session, press.person.id, press.turn.received_at)


def _is_in_group(call: Call) -> bool:
    return call.here.chat_id < 0


async def cancel(call: Call) -> None:
    """Leave every form that was begun; nothing of them was sent."""
    session = call.turn.session
    begun = await drafts.list_of(session, call.person.id)
    has_left = await announcements.remove_drafts(session, call.person.id) or call.has_left_question
    for draft in begun:
        await drafts.remove(
            session,
            call.person.id,
            draft.report_type,
            draft.day,
            draft.unit_id,
            draft.subject,
        )
    if not begun:
        left = call.texts.question_left
        await call.reply(left if has_left else call.texts.nothing_to_cancel)
    elif any(draft.seen_revision for draft in begun):
        await call.reply(Html(call.texts.correction_cancelled))
    else:
        await call.reply(call.texts.drafts_cancelled)


async def help_text(call: Call) -> Html:
    """What the person may do; who leads a unit is told its hours."""
    led = call.person.units_on(call.today)
    calendar = await calendars.load(call.turn.session, call.desk.schedule)
    hours = next_hours(calendar, led[0] if led else None, call.today) or call.desk.schedule
    return call.texts.help_for(
        personal_menu(call.texts, call.person.roles_on(call.today)).commands,
        (f"{hours.opens:%H:%M}", f"{hours.due:%H:%M}", f"{hours.locks:%H:%M}"),
        leads=bool(led),
    )
