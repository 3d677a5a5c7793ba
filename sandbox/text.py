"""Texts as Telegram keeps them: cleaned, trimmed, and with the entities that it finds itself."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.errors import bad_request
from sandbox.markup import Entity, parse_html, utf16_length

FOUND_BY_ITSELF = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"]*[^\s<>\".,;:!?)]")),
)


@dataclass(frozen=True, slots=True)
class Text:
    plain: str = ""
    entities: tuple[Entity, ...] = ()
    source: str = field(default="", compare=False)
    """HTML that gives this text: what the bot sent, or the plain text escaped."""


def typed(text: str) -> Text:
    """Return what a person typed, letter for letter."""
    return Text(text, tuple(detected(text, ())), html.escape(text, quote=False))


def sent(source: str, mode: str, entities: Iterable[Entity] = ()) -> Text:
    """Return what a bot sent, read by its parse_mode."""
    if mode.lower() == "html":
        plain, marked = parse_html(source)
    elif not mode:
        plain, marked = source, [dict(each) for each in entities]
    else:
        raise bad_request("unsupported parse_mode")
    plain, marked = trimmed(cleaned(plain), marked)
    everything = [*marked, *detected(plain, marked)]
    everything.sort(key=lambda e: (e["offset"], -e["length"]))
    return Text(plain, tuple(everything), source if mode else html.escape(source, quote=False))


def cleaned(text: str) -> str:
    """Turn control characters into spaces of the same length."""
    return "".join(" " if ord(c) < ord(" ") and c != "\n" else c for c in text)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept = text.strip()
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(kept)
    clipped = []
    for entity in entities:
        begin = max(entity["offset"] - start, 0)
        end = min(entity["offset"] + entity["length"] - start, length)
        if end > begin:
            clipped.append({**entity, "offset": begin, "length": end - begin})
    return kept, clipped


def detected(text: str, marked: tuple[Entity, ...] | list[Entity]) -> list[Entity]:
    """Return commands, mentions, hashtags and addresses outside what is already marked."""
    closed = {"code", "pre", "text_link", "text_mention", "custom_emoji"}
    taken = [(e["offset"], e["offset"] + e["length"]) for e in marked if e["type"] in closed]
    found: list[Entity] = []
    for kind, pattern in FOUND_BY_ITSELF:
        for match in pattern.finditer(text):
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(match.group())
            if all(end <= left or begin >= right for left, right in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return sorted(found, key=lambda e: e["offset"])


def part(text: Text, entity: Entity) -> str:
    """Return the words that an entity marks."""
    units = text.plain.encode("utf-16-le", "surrogatepass")
    begin = entity["offset"] * 2
    return units[begin : begin + entity["length"] * 2].decode("utf-16-le", "replace")
