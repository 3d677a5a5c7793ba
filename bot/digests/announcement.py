"""Who has acknowledged an announcement and who has not, always short enough for one message."""

from collections.abc import Mapping

from bot.digests.fitting import fitted, listing
from bot.domain.announcements import Announcement
from bot.domain.units import Unit
from bot.texts import Texts
from bot.texts.markup import Html, lines, paragraphs


def count(
    texts: Texts, announcement: Announcement, units: Mapping[int, Unit], *, is_final: bool = False
) -> Html:
    """The count, who is still waited for, and who cannot be reached; `units` by their ids."""

    def unit_of(unit_id: int | None) -> Unit | None:
        return units.get(unit_id) if unit_id is not None else None

    waiting = listing(announcement.waiting, lambda r: texts.recipient(r, unit_of(r.unit_id)))
    lost = listing(
        [r for r in announcement.waiting if not r.is_reachable],
        lambda r: texts.recipient_position(r, unit_of(r.unit_id)),
    )
    people, acknowledged = len(announcement.recipients), len(announcement.acknowledged)

    def render(limit: int) -> Html:
        of = texts.recipients_counted
        names = texts.names(*waiting.cut(limit), of=of)
        return paragraphs(
            lines(texts.final_list if is_final else "", texts.count_title(announcement)),
            lines(
                texts.count(acknowledged, people, names),
                texts.not_reached(lost.total, texts.names(*lost.cut(limit), of=of))
                if lost.total
                else "",
            ),
        )

    return fitted(render)
