"""The screens of /nhatky."""

from collections.abc import Sequence

from bot.domain.trail import Told, Topic
from bot.domain.units import Unit
from bot.screens import pages
from bot.screens.message import Button, Message
from bot.screens.people_payloads import AuditPress
from bot.texts import Texts


def page(
    texts: Texts,
    entries: Sequence[Told],
    topic: Topic | None,
    unit: Unit | None,
    number: int,
    *,
    has_older: bool,
) -> Message:
    unit_id = unit.id if unit else None

    def press(to: int = 0, about: Topic | None = topic) -> str:
        return AuditPress(topic=about, unit_id=unit_id, page=to).pack()

    turns = []
    if number > 0:
        turns.append(Button(texts.newer, press(number - 1)))
    if has_older:
        turns.append(Button(texts.older, press(number + 1)))
    topics = [
        Button(texts.topics[other], press(about=other)) for other in Topic if other is not topic
    ]
    last = [Button(texts.filter_by_unit, AuditPress(chooses_unit=True, topic=topic).pack())]
    if topic or unit:
        last.append(Button(texts.whole_trail, AuditPress().pack()))
    rows = [tuple(topics[n : n + 3]) for n in range(0, len(topics), 3)]
    return Message(
        texts.trail(entries, topic, unit, number),
        (*((tuple(turns),) if turns else ()), *rows, tuple(last)),
    )


def choose_unit(texts: Texts, units: Sequence[Unit], topic: Topic | None, page: int) -> Message:
    return pages.choose_unit(
        texts,
        texts.choose_trail_unit,
        units,
        page,
        chosen=lambda unit: AuditPress(topic=topic, unit_id=unit.id).pack(),
        turned=lambda to: AuditPress(chooses_unit=True, topic=topic, page=to).pack(),
        last=((Button(texts.whole_trail, AuditPress(topic=topic).pack()),),),
    )
