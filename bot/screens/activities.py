"""The screens of /hoatdong and the list of /diemdanh."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.activities import ARMS, CATEGORIES, SERVICES, Activity, ActivitySession, Card
from bot.domain.participation import ActivityKind, Mode
from bot.domain.reports import Form
from bot.screens.activity_payloads import ActivityPress, ActivityStep, RosterPress, RosterStep
from bot.screens.buttons import form_button
from bot.screens.message import Button, Message
from bot.screens.pages import Rows, page_of
from bot.screens.payloads import Step
from bot.texts import Texts
from bot.texts.markup import Html, paragraphs


def activities(texts: Texts, listed: Sequence[Activity], today: date, page: int = 0) -> Message:
    buttons = [
        Button(texts.activity_label(each, today), ActivityPress(ActivityStep.CARD, each.id).pack())
        for each in listed
    ]
    rows = page_of(texts, buttons, page, lambda n: ActivityPress(ActivityStep.LIST, page=n).pack())
    add = Button(texts.add_activity, ActivityPress(ActivityStep.KIND).pack())
    return Message(texts.activities(listed), (*rows, (add,), (_to_rosters(texts),)))


def card(texts: Texts, shown: Card, note: Html | str = "") -> Message:
    activity = shown.activity
    text = texts.activity_card(
        activity, shown.trainer, shown.sessions, shown.taking_part, shown.units
    )
    rows: list[tuple[Button, ...]] = []
    if not activity.is_cancelled:
        rows = [
            (_button(texts.add_session_button, ActivityStep.ADD, activity.id),),
            (_button(texts.change_liable, ActivityStep.LIABLE, activity.id),),
            (
                _button(texts.activity_sessions, ActivityStep.SESSIONS, activity.id),
                _button(texts.cancel_activity, ActivityStep.CANCEL, activity.id),
            ),
        ]
        if not shown.is_reported:
            mode = texts.change_mode[activity.mode]
            rows.append((_button(mode, ActivityStep.MODE, activity.id),))
        if activity.mode is Mode.ROSTER:
            rows.append((_to_rosters(texts),))
    return Message(paragraphs(note, text), (*rows, (to_activities(texts),)))


def choose_kind(texts: Texts) -> Message:
    rows = tuple(
        (
            Button(
                texts.activity_kinds[kind],
                ActivityPress(
                    ActivityStep.CATEGORY if kind is ActivityKind.COURSE else ActivityStep.NEW,
                    kind=kind,
                ).pack(),
            ),
        )
        for kind in ActivityKind
    )
    return Message(texts.choose_activity_kind, (*rows, (to_activities(texts),)))


def choose_category(texts: Texts) -> Message:
    rows = category_rows(
        texts,
        lambda category: ActivityPress(
            ActivityStep.SERVICE, kind=ActivityKind.COURSE, category=category
        ).pack(),
    )
    return Message(texts.choose_category, (*rows, (to_activities(texts),)))


def category_rows(texts: Texts, chosen: Callable[[str], str]) -> Rows:
    """A button for each category and arm; `chosen` packs what it carries."""
    buttons = [
        Button(texts.categories[category], chosen(category)) for category in (*CATEGORIES, *ARMS)
    ]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def choose_service(texts: Texts, category: str) -> Message:
    rows = tuple(
        (
            Button(
                texts.services[service],
                ActivityPress(
                    ActivityStep.NEW,
                    kind=ActivityKind.COURSE,
                    category=category,
                    service=service,
                ).pack(),
            ),
        )
        for service in SERVICES
    )
    return Message(texts.choose_service, (*rows, (to_activities(texts),)))


def choose_session(
    texts: Texts, activity: Activity, sessions: Sequence[ActivitySession], page: int
) -> Message:
    """The sessions that may be cancelled, a button each."""
    buttons = [
        _button(texts.slot(each.slot), ActivityStep.CANCEL, activity.id, each.id)
        for each in sessions
        if not each.is_cancelled
    ]
    rows = page_of(
        texts,
        buttons,
        page,
        lambda n: ActivityPress(ActivityStep.SESSIONS, activity.id, page=n).pack(),
    )
    return Message(Html(texts.activity_sessions), (*rows, (_to_card(texts, activity.id),)))


def ask_cancel(texts: Texts, activity: Activity, session: ActivitySession | None) -> Message:
    session_id = session.id if session else 0
    yes = _button(texts.yes_cancel, ActivityStep.CANCELLED, activity.id, session_id)
    return Message(texts.ask_cancel(activity, session), ((yes,), (_to_card(texts, activity.id),)))


def asked(texts: Texts, words: Html, activity_id: int = 0) -> Message:
    """A question that is answered by typing."""
    back = _to_card(texts, activity_id) if activity_id else to_activities(texts)
    return Message(words, ((back,),))


def gone(texts: Texts) -> Message:
    return Message(texts.activity_gone, ((to_activities(texts),),))


def choose_form(texts: Texts, forms: Sequence[tuple[Form, bool]]) -> Message:
    """Open forms of one's units, a button each; with it, whether it is reported."""
    rows = tuple(
        (form_button(form, texts.attendance_label(form, is_reported=is_reported), Step.OPEN, 0),)
        for form, is_reported in forms[:60]
    )
    return Message(texts.choose_attendance, rows)


def _button(label: str, step: ActivityStep, activity_id: int, session_id: int = 0) -> Button:
    return Button(label, ActivityPress(step, activity_id, session_id).pack())


def to_activities(texts: Texts) -> Button:
    return Button(texts.activity_list, ActivityPress(ActivityStep.LIST).pack())


def _to_card(texts: Texts, activity_id: int) -> Button:
    return _button(texts.to_activity, ActivityStep.CARD, activity_id)


def _to_rosters(texts: Texts) -> Button:
    return Button(texts.rosters, RosterPress(RosterStep.UNITS).pack())
