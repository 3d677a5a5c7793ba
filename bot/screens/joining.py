"""The screens of an invitation and of the language choice."""

from collections.abc import Sequence

from bot.domain.people import Role
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.message import Button, Message
from bot.screens.payloads import InvitePress, LanguagePress
from bot.texts import LANGUAGES, Texts


def choose_role(texts: Texts) -> Message:
    rows = tuple((Button(texts.roles[role], InvitePress(role).pack()),) for role in Role)
    return Message(texts.invite_role, rows)


def choose_unit(texts: Texts, role: Role, units: Sequence[Unit], page: int) -> Message:
    return pages.choose_unit(
        texts,
        texts.invite_unit,
        units,
        page,
        chosen=lambda unit: InvitePress(role, unit.id).pack(),
        turned=lambda turned_to: InvitePress(role, page=turned_to).pack(),
    )


def choose_language(texts: Texts) -> Message:
    rows = tuple(
        (Button(named.language_name, LanguagePress(language).pack()),)
        for language, named in LANGUAGES.items()
    )
    return Message(texts.choose_language, rows)
