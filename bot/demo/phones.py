"""Phones of the play, as they looked at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.demo.cast import Actor
from bot.demo.casting import Company
from bot.demo.stage import say
from sandbox.people import SeenMessage


@dataclass(frozen=True, slots=True)
class Phone:
    """A chat as its owner sees it; `names` are the positions of the others in it."""

    owner: str
    at: datetime
    title: str
    subtitle: str
    viewer: int
    messages: Sequence[SeenMessage]
    names: Mapping[int, str]

    @property
    def newest_text_of_bot(self) -> str:
        """The newest message of the bot in words; captions of pictures are left out."""
        return next((m.text for m in reversed(self.messages) if m.from_bot and not m.media), "")


async def phone_of(actor: Actor) -> Phone:
    """The actor's own chat with the bot."""
    return Phone(
        owner=actor.position,
        at=await actor.person.sandbox.now(),
        title=say.bot_title,
        subtitle=say.bot_subtitle,
        viewer=actor.person.id,
        messages=await actor.person.messages(),
        names={},
    )


async def group_phone(company: Company) -> Phone:
    """The command group, on the commander's phone."""
    group, reader = company.group, company.commander
    return Phone(
        owner=reader.position,
        at=await reader.person.sandbox.now(),
        title=group.title,
        subtitle=say.members(len(group.members) + 1),
        viewer=reader.person.id,
        messages=await reader.person.messages(group),
        names={actor.person.id: actor.position for actor in (company.admin, reader)},
    )
