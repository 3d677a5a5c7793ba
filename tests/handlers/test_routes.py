"""The one list of commands and buttons."""

from pathlib import Path

from telegram.ext import BaseHandler

from bot.domain.people import BUTTON_ACTIONS, Action
from bot.screens.commands import COMMANDS
from handlers.routes import COMMAND_ROUTES, PRESS_ROUTES
from tests.house import house


async def test_every_handler_blocks_so_that_its_work_is_in_the_updates_transaction(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        handlers: list[BaseHandler] = [  # type: ignore[type-arg]
            h for group in home.parts.application.handlers.values() for h in group
        ]
        assert len(handlers) >= len(COMMANDS) + len(PRESS_ROUTES)
        assert all(handler.block for handler in handlers)


def test_every_action_has_one_command_and_one_route() -> None:
    assert set(COMMANDS) == set(Action) - BUTTON_ACTIONS
    routed = [route.action for route in COMMAND_ROUTES]
    assert sorted([*routed, Action.START]) == sorted(set(COMMANDS))
    assert len(set(COMMANDS.values())) == len(COMMANDS)


def test_every_button_has_a_prefix_of_its_own() -> None:
    prefixes = [route.payload.prefix for route in PRESS_ROUTES]
    assert len(set(prefixes)) == len(prefixes)
