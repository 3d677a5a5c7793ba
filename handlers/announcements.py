"""Announcements: /thongbao and its form, corrections, and the recipients' button."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.announcements import Announcement, AnnouncementState, read_words
from bot.domain.delivery import Kind
from bot.domain.forms import TextTooLongError
from bot.domain.marks import mark_of
from bot.domain.people import Role
from bot.domain.typed_hours import NotATimeError, parse_time
from bot.screens import announcements as screens
from bot.screens.announcement_payloads import (
    AnnouncePress,
    AnnounceStep,
    ReceivedPress,
    TimeQuestion,
    WordsQuestion,
)
from bot.screens.message import Message
from bot.screens.packing import InvalidPayloadError
from bot.services.announcing import Choice, TimeOverError, UnknownAnnouncementError, chosen
from handlers.call import Call, Press
from storage import announcements, awaited_texts

_ROLES = tuple(Role)
# What may be pressed once the announcement is on its way.
_AFTERWARDS = frozenset({AnnounceStep.EDIT, AnnounceStep.CORRECT, AnnounceStep.CANCEL})


async def announce(call: Call) -> None:
    await call.ask(WordsQuestion())
    await call.reply(screens.ask_words(call.texts, None))


async def pressed(press: Press, payload: AnnouncePress) -> None:
    """Do what the button says, if the announcement is the person's own."""
    if payload.announcement_id is None:
        await _leave(press)
        await press.show(Message(press.texts.announcement_cancelled))
        return
    try:
        own = await press.desk.announcing.own(
            press.turn.session, press.person, payload.announcement_id
        )
    except UnknownAnnouncementError:
        await press.show(Message(press.texts.announcement_card_left))
        return
    if own.state is AnnouncementState.DRAFT:
        if payload.step is not AnnounceStep.CORRECT:
            await press.show(await _draft_screen(press, payload, own))
    elif payload.step in _AFTERWARDS:
        await _change(press, payload, own)
    else:
        await _leave(press)
        await _show_status(press, own)


async def _draft_screen(press: Press, payload: AnnouncePress, own: Announcement) -> Message:
    texts, session, step = press.texts, press.turn.session, payload.step
    await _leave(press)
    match step:
        case AnnounceStep.CANCEL:
            await announcements.remove(session, own.id)
            return Message(texts.announcement_cancelled)
        case AnnounceStep.EDIT:
            await press.ask(WordsQuestion(own.id))
            return screens.ask_words(texts, own)
        case AnnounceStep.WHOM:
            return screens.choose_whom(texts, own)
        case AnnounceStep.UNITS | AnnounceStep.UNIT | AnnounceStep.ROLES | AnnounceStep.ROLE:
            return await _choosing(press, payload, own)
        case AnnounceStep.ALL:
            own = await _save(press, replace(own, audience=chosen(own.audience, None)))
        case AnnounceStep.NOW:
            own = await _save(press, replace(own, send_at=None))
        case AnnounceStep.LATER | AnnounceStep.DAY:
            return await _later(press, payload, own)
        case AnnounceStep.SEND if payload.mark == own.fingerprint:
            return await _confirm(press, own)
        case _:
            pass
    return await _card(press, own)


async def _choosing(press: Press, payload: AnnouncePress, own: Announcement) -> Message:
    """Take a unit or a role in or out, and show the list."""
    units = await press.desk.announcing.units(press.turn.session, press.turn.received_at)
    if payload.step is AnnounceStep.UNIT:
        if payload.value not in {unit.id for unit in units}:
            raise InvalidPayloadError(payload.pack())
        choice = Choice(unit_id=payload.value)
        own = await _save(press, replace(own, audience=chosen(own.audience, choice)))
    elif payload.step is AnnounceStep.ROLE:
        if payload.value >= len(_ROLES):
            raise InvalidPayloadError(payload.pack())
        choice = Choice(role=_ROLES[payload.value])
        own = await _save(press, replace(own, audience=chosen(own.audience, choice)))
    if payload.step in {AnnounceStep.ROLES, AnnounceStep.ROLE}:
        return screens.choose_roles(press.texts, own)
    return screens.choose_units(press.texts, own, units, payload.page)


async def _later(press: Press, payload: AnnouncePress, own: Announcement) -> Message:
    """Ask for the day, then for the time."""
    if payload.step is AnnounceStep.LATER:
        return screens.choose_day(press.texts, own)
    day = press.today + timedelta(days=min(payload.value, 1))
    await press.ask(TimeQuestion(own.id, day))
    return screens.ask_time(press.texts, own, press.texts.ask_send_time(day))


async def _confirm(press: Press, own: Announcement) -> Message:
    """Let what the card shows go out, if it would reach anybody."""
    session, now = press.turn.session, press.turn.received_at
    if not await press.desk.announcing.reach(session, own, now):
        press.toast(press.texts.nobody_reached)
        return await _card(press, own)
    confirmed = await press.desk.announcing.confirm(session, own, await press.slot())
    return await press.desk.announcing.status(session, press.texts, confirmed)


async def _change(press: Press, payload: AnnouncePress, own: Announcement) -> None:
    """Stop one that waits for its time, or correct one that was sent."""
    session, texts = press.turn.session, press.texts
    is_sent = own.state is AnnouncementState.SENT
    if payload.step is AnnounceStep.CORRECT:
        await _correct(press, payload, own)
    elif payload.step is AnnounceStep.EDIT and is_sent:
        await press.ask(WordsQuestion(own.id))
        await press.reply(screens.ask_words(texts, own))
    elif payload.step is AnnounceStep.EDIT:
        own = await _save(press, replace(own, state=AnnouncementState.DRAFT))
        await press.show(await _card(press, own))
    elif is_sent:
        await _leave(press)
        if await press.slot() == own.slot:
            await _show_status(press, own)
        else:
            await press.show(Message(texts.not_corrected))
    else:
        await announcements.remove(session, own.id)
        await press.show(Message(texts.announcement_cancelled))


async def _correct(press: Press, payload: AnnouncePress, own: Announcement) -> None:
    """Correct what was sent to what the card shows, if that is still what was typed last."""
    packed = await awaited_texts.get(press.turn.session, press.person.id)
    try:
        question = WordsQuestion.parse(packed or "")
    except InvalidPayloadError:
        question = WordsQuestion()
    shown = (own.id, payload.mark)
    if not question.words or (question.announcement_id, mark_of(question.words)) != shown:
        await press.show(Message(press.texts.not_corrected))
        return
    await _leave(press)
    await press.desk.announcing.correct(
        press.turn.session, own, question.words, press.turn.received_at
    )
    await press.show(Message(press.texts.corrected))


async def words_typed(call: Call, question: WordsQuestion, text: str) -> None:
    """Go on with the words: a new draft, another text of it, or the card of a correction."""
    try:
        words = read_words(text)
    except TextTooLongError as error:
        await call.ask(question)
        await call.reply(call.texts.text_longer(error.length, error.longest))
        return
    if not words:
        await call.ask(question)
        await call.reply(call.texts.text_empty)
        return
    session, now, texts = call.turn.session, call.turn.received_at, call.texts
    if question.announcement_id is None:
        begun = await call.desk.announcing.begin(session, call.person, words, now)
        await call.reply(screens.choose_whom(texts, begun))
        return
    try:
        own = await call.desk.announcing.own(session, call.person, question.announcement_id)
    except UnknownAnnouncementError:
        await call.reply(texts.announcement_card_left)
        return
    if own.state is AnnouncementState.SENT:
        await call.ask(WordsQuestion(own.id, words))
        await call.reply(screens.correction(texts, own, words))
    else:
        draft = replace(own, words=words, state=AnnouncementState.DRAFT)
        await call.reply(await _card(call, await _save(call, draft)))


async def time_typed(call: Call, question: TimeQuestion, text: str) -> None:
    """Show the card with the time; one that will not do may be typed again."""
    session, now, texts = call.turn.session, call.turn.received_at, call.texts
    try:
        own = await _own_draft(call, question.announcement_id)
        own = await call.desk.announcing.send_at(session, own, question.day, parse_time(text), now)
    except UnknownAnnouncementError:
        await call.reply(texts.announcement_card_left)
    except NotATimeError as error:
        await call.ask(question)
        await call.reply(texts.not_a_send_time(error.typed))
    except TimeOverError as error:
        await call.ask(question)
        await call.reply(texts.send_time_over(error.at))
    else:
        await call.reply(await _card(call, own))


async def received(press: Press, payload: ReceivedPress) -> None:
    try:
        found = await press.desk.announced.acknowledge(
            press.turn.session, press.person, payload.announcement_id, press.turn.received_at
        )
    except UnknownAnnouncementError as error:
        raise InvalidPayloadError(payload.pack()) from error
    texts, at = press.texts, found.recipient.acknowledged_at
    press.toast(texts.received_now if found.is_new or at is None else texts.received_at(at))
    shown = screens.received(texts, found.announcement, found.recipient)
    await press.show(shown, kind=Kind.FORM)


async def _card(call: Call, own: Announcement) -> Message:
    """The card, or first the question whom it is for."""
    if own.audience.is_empty:
        return screens.choose_whom(call.texts, own)
    return await call.desk.announcing.card(
        call.turn.session, call.texts, own, call.turn.received_at
    )


async def _own_draft(call: Call, announcement_id: int) -> Announcement:
    """Raises UnknownAnnouncementError, also where it is no draft any more."""
    own = await call.desk.announcing.own(call.turn.session, call.person, announcement_id)
    if own.state is not AnnouncementState.DRAFT:
        raise UnknownAnnouncementError(announcement_id)
    return own


async def _save(call: Call, changed: Announcement) -> Announcement:
    return await call.desk.announcing.save(call.turn.session, changed)


async def _show_status(press: Press, own: Announcement) -> None:
    await press.show(await press.desk.announcing.status(press.turn.session, press.texts, own))


async def _leave(call: Call) -> None:
    await awaited_texts.remove(call.turn.session, call.person.id)
