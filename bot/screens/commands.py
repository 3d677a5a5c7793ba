"""What people type, and which of it a chat lists. The names are a contract: manuals and habits hang on them."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from bot.domain.people import RIGHTS, Action, Role
from bot.screens.message import CommandMenu
from bot.texts import Texts

COMMANDS: dict[Action, str] = {
    Action.REPORT: "baocao",
    Action.ATTENDANCE: "diemdanh",
    Action.INCIDENT: "vuviec",
    Action.HISTORY: "lichsu",
    Action.SUMMARY: "tonghop",
    Action.EXPORT: "xuat",
    Action.TARGETS: "chitieu",
    Action.MISSING: "conthieu",
    Action.NUDGE: "nhacnho",
    Action.ANNOUNCE: "thongbao",
    Action.EXERCISES: "dientap",
    Action.ACTIVITY: "hoatdong",
    Action.INVITE: "thumoi",
    Action.BIND_GROUP: "nhom",
    Action.SCHEDULE: "lich",
    Action.EXEMPTION: "miengiam",
    Action.BACKUP: "saoluu",
    Action.PEOPLE: "nguoidung",
    Action.UNITS: "donvi",
    Action.AUDIT: "nhatky",
    Action.HELP: "trogiup",
    Action.LANGUAGE: "ngonngu",
    Action.CANCEL: "huy",
    Action.START: "start",
}


def personal_menu(texts: Texts, roles: AbstractSet[Role]) -> CommandMenu:
    """The commands that these roles may use; without any, those of a chat in which nobody is known."""
    allowed = [a for a in COMMANDS if not roles.isdisjoint(RIGHTS[a])] or _FOR_NOBODY
    return _menu(texts, allowed)


def group_menu(texts: Texts) -> CommandMenu:
    """The commands that are answered in a group."""
    return _menu(texts, (Action.SUMMARY, Action.MISSING, Action.HELP))


def default_menu(texts: Texts) -> CommandMenu:
    """What a chat lists before the bot knows anybody in it."""
    return _menu(texts, _FOR_NOBODY, is_default=True)


_FOR_NOBODY = (Action.START, Action.HELP)


def _menu(texts: Texts, actions: Iterable[Action], *, is_default: bool = False) -> CommandMenu:
    return CommandMenu(
        tuple((COMMANDS[action], texts.menu[action]) for action in actions), is_default
    )
