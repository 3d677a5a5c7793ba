"""Phones of the play, as they looked at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.demo.cast import Actor
from bot.demo.casting import Company
from bot.demo.stage import say
from sandbox.people import Sandbox, SeenMessage

_PHOTO = "photo"
_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Phone:
    """A chat as its owner sees it.

    `names` are the positions of the others in it; `pictures` are the bot's, as PNG by file id.
    """

    owner: str
    at: datetime
    title: str
    subtitle: str
    viewer: int
    messages: Sequence[SeenMessage]
    names: Mapping[int, str]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def newest_text_of_bot(self) -> str:
        """The newest message of the bot in words; captions of pictures are left out."""
        return next((m.text for m in reversed(self.messages) if m.from_bot and not m.media), "")

    @property
    def newest_picture(self) -> bytes:
        """The newest picture of the bot."""
        return next(
            self.pictures[m.file_id] for m in reversed(self.messages) if m.file_id in self.pictures
        )


async def phone_of(actor: Actor, since: datetime = _ALWAYS) -> Phone:
    """The actor's own chat with the bot; of its messages those since a moment."""
    box = actor.person.sandbox
    messages = [m for m in await actor.person.messages() if m.date >= since]
    return Phone(
        owner=actor.position,
        at=await box.now(),
        title=say.bot_title,
        subtitle=say.bot_subtitle,
        viewer=actor.person.id,
        messages=messages,
        names={},
        pictures=await _pictures(box, messages),
    )


async def group_phone(company: Company, since: datetime = _ALWAYS) -> Phone:
    """The command group, on the commander's phone; of its messages those since a moment."""
    group, reader = company.group, company.commander
    box = reader.person.sandbox
    messages = [m for m in await reader.person.messages(group) if m.date >= since]
    return Phone(
        owner=reader.position,
        at=await box.now(),
        title=group.title,
        subtitle=say.members(len(group.members) + 1),
        viewer=reader.person.id,
        messages=messages,
        names={actor.person.id: actor.position for actor in (company.admin, reader)},
        pictures=await _pictures(box, messages),
    )


async def _pictures(box: Sandbox, messages: Sequence[SeenMessage]) -> dict[str, bytes]:
    shown = [m.file_id for m in messages if m.from_bot and m.media == _PHOTO]
    return {file_id: await box.file(file_id) for file_id in shown}
