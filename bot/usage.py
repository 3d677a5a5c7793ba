"""Wrong use of the command line: click finds it in English, a person reads one line in their language."""

from typing import Any

import click

from bot.config import console_language
from bot.texts.en_console import EnglishConsole
from bot.texts.vi_console import VietnameseConsole

CONSOLES = {"vi": VietnameseConsole, "en": EnglishConsole}

language = console_language()
say = CONSOLES[language]()


class Command(click.Command):
    """A command whose --help is explained in the language of all the rest."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = say.opt_help
        return option


class Group(Command, click.Group):
    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise UnknownCommandError(args[0], ctx)
        return super().resolve_command(ctx, args)


class UnknownCommandError(click.UsageError):
    def __init__(self, name: str, ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name


def usage_line(error: click.ClickException) -> str:
    """Return what is wrong, and where to read how it is right."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return f"{_problem(error)} {say.see_help(ctx.command_path if ctx else 'trucbao')}"


def _problem(error: click.ClickException) -> str:
    match error:
        case UnknownCommandError():
            return say.unknown_command(error.name)
        case click.NoSuchOption():
            return say.unknown_option(error.option_name)
        case click.BadOptionUsage():
            return say.option_misused(error.option_name)
        case click.MissingParameter():
            return say.missing_option(_name(error.param))
        case click.BadParameter():
            return _bad_value(_name(error.param), error.param.type if error.param else None)
        case click.UsageError():
            return say.too_many_words()
        case _:
            return error.format_message()


def _name(parameter: click.Parameter | None) -> str:
    return max(parameter.opts, key=len) if parameter else ""


def _bad_value(option: str, kind: click.ParamType[Any] | None) -> str:
    match kind:
        case click.Choice():
            return say.not_a_choice(option, tuple(str(choice) for choice in kind.choices))
        case click.Path():
            return say.not_a_path(option, is_folder=kind.dir_okay)
        case _:
            return say.not_a_number(option)
