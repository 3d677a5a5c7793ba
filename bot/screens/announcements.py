"""The screens of an announcement: made, looked through, sent, corrected; and as it is received."""

from collections.abc import Sequence

from bot.domain.announcements import (
    LONGEST_ANNOUNCEMENT,
    Announcement,
    AnnouncementState,
    Recipient,
)
from bot.domain.marks import mark_of
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.screens.announcement_payloads import AnnouncePress, AnnounceStep, ReceivedPress
from bot.screens.message import Button, Message
from bot.screens.pages import UNITS_A_ROW, page_of
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs


def ask_words(texts: Texts, announcement: Announcement | None) -> Message:
    present = announcement.words if announcement else ""
    question = texts.ask_announcement(present, LONGEST_ANNOUNCEMENT)
    cancel = AnnouncePress(AnnounceStep.CANCEL)
    if announcement:
        is_sent = announcement.state is AnnouncementState.SENT
        step = AnnounceStep.CANCEL if is_sent else AnnounceStep.CARD
        cancel = AnnouncePress(step, announcement.id)
    label = texts.back if announcement else texts.cancel
    return Message(paragraphs(question, texts.secrecy_warning), ((Button(label, cancel.pack()),),))


def choose_whom(texts: Texts, announcement: Announcement) -> Message:
    a = announcement
    return Message(
        texts.choose_recipients,
        (
            (_button(texts.to_all_units, AnnounceStep.ALL, a),),
            (_button(texts.to_some_units, AnnounceStep.UNITS, a),),
            (_button(texts.to_roles, AnnounceStep.ROLES, a),),
            (_button(texts.cancel, AnnounceStep.CANCEL, a),),
        ),
    )


def choose_units(
    texts: Texts, announcement: Announcement, units: Sequence[Unit], page: int
) -> Message:
    a = announcement
    buttons = [
        Button(
            texts.toggle(unit.short_name, is_chosen=unit.id in a.audience.unit_ids),
            AnnouncePress(AnnounceStep.UNIT, a.id, unit.id, page=page).pack(),
        )
        for unit in units
    ]
    rows = page_of(
        texts,
        buttons,
        page,
        lambda turned_to: AnnouncePress(AnnounceStep.UNITS, a.id, page=turned_to).pack(),
        a_row=UNITS_A_ROW,
    )
    return Message(texts.choose_recipient_units, (*rows, *_chosen(texts, a)))


def choose_roles(texts: Texts, announcement: Announcement) -> Message:
    a = announcement
    rows = tuple(
        (
            Button(
                texts.toggle(texts.roles[role], is_chosen=role in a.audience.roles),
                AnnouncePress(AnnounceStep.ROLE, a.id, number).pack(),
            ),
        )
        for number, role in enumerate(Role)
    )
    return Message(texts.choose_recipient_roles, (*rows, *_chosen(texts, a)))


def card(
    texts: Texts, announcement: Announcement, people: int, unreachable: Html, empty_units: Html
) -> Message:
    a = announcement
    send = AnnouncePress(AnnounceStep.SEND, a.id, mark=a.fingerprint)
    later = (
        _button(texts.send_at_once, AnnounceStep.NOW, a)
        if a.send_at
        else _button(texts.send_later, AnnounceStep.LATER, a)
    )
    return Message(
        texts.announcement_card(a, people, unreachable, empty_units),
        (
            (Button(texts.send_announcement, send.pack()),),
            (later, _button(texts.other_recipients, AnnounceStep.WHOM, a)),
            (
                _button(texts.edit, AnnounceStep.EDIT, a),
                _button(texts.cancel, AnnounceStep.CANCEL, a),
            ),
        ),
    )


def choose_day(texts: Texts, announcement: Announcement) -> Message:
    days = tuple(
        Button(label, AnnouncePress(AnnounceStep.DAY, announcement.id, number).pack())
        for number, label in enumerate((texts.today, texts.tomorrow))
    )
    back = _button(texts.back, AnnounceStep.CARD, announcement)
    return Message(texts.choose_send_day, (days, (back,)))


def ask_time(texts: Texts, announcement: Announcement, question: Html) -> Message:
    back = _button(texts.back, AnnounceStep.CARD, announcement)
    return Message(question, ((back,),))


def status(texts: Texts, announcement: Announcement, count: Html) -> Message:
    """The author's message once the announcement is confirmed."""
    edit = _button(texts.edit, AnnounceStep.EDIT, announcement)
    if announcement.state is AnnouncementState.SENT:
        return Message(count, ((edit,),))
    cancel = _button(texts.cancel, AnnounceStep.CANCEL, announcement)
    waits = texts.announcement_waits(announcement)
    return Message(waits, ((edit, cancel),) if announcement.send_at else ())


def correction(texts: Texts, announcement: Announcement, words: str) -> Message:
    send = AnnouncePress(AnnounceStep.CORRECT, announcement.id, mark=mark_of(words))
    return Message(
        texts.correction_card(words, len(announcement.recipients)),
        (
            (Button(texts.send_correction, send.pack()),),
            (
                _button(texts.edit, AnnounceStep.EDIT, announcement),
                _button(texts.cancel, AnnounceStep.CANCEL, announcement),
            ),
        ),
    )


def received(
    texts: Texts, announcement: Announcement, recipient: Recipient, *, is_reminder: bool = False
) -> Message:
    """The announcement before a recipient."""
    button = Button(texts.acknowledge, ReceivedPress(announcement.id).pack())
    return Message(
        texts.announcement(announcement, recipient, is_reminder=is_reminder),
        () if recipient.acknowledged_at else ((button,),),
    )


def _chosen(texts: Texts, announcement: Announcement) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            _button(texts.all_chosen, AnnounceStep.CARD, announcement),
            _button(texts.back, AnnounceStep.WHOM, announcement),
        ),
    )


def _button(label: str, step: AnnounceStep, announcement: Announcement) -> Button:
    return Button(label, AnnouncePress(step, announcement.id).pack())
