"""The screens of an invitation and of the language choice."""

from collections.abc import Sequence

from bot.domain.people import Role
from bot.domain.units import Unit
from bot.screens.message import Button, Message
from bot.screens.payloads import InvitePress, LanguagePress
from bot.texts import LANGUAGES, Texts

UNITS_A_ROW = 2
# Telegram refuses keyboards of more than a hundred buttons.
UNITS_AT_MOST = 98


def choose_role(texts: Texts) -> Message:
    rows = tuple((Button(texts.roles[role], InvitePress(role).pack()),) for role in Role)
    return Message(texts.invite_role, rows)


def choose_unit(texts: Texts, role: Role, units: Sequence[Unit]) -> Message:
    buttons = [
        Button(unit.short_name, InvitePress(role, unit.id).pack()) for unit in units[:UNITS_AT_MOST]
    ]
    rows = [tuple(buttons[n : n + UNITS_A_ROW]) for n in range(0, len(buttons), UNITS_A_ROW)]
    return Message(texts.invite_unit, tuple(rows))


def choose_language(texts: Texts) -> Message:
    rows = tuple(
        (Button(named.language_name, LanguagePress(language).pack()),)
        for language, named in LANGUAGES.items()
    )
    return Message(texts.choose_language, rows)
