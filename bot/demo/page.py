"""The chats of the play as one self-contained HTML page, drawn as phones.

A picture of it is made with any Chromium:

    trucbao demo
    chromium --headless --hide-scrollbars --window-size=1280,1130 \
        --screenshot=docs/demo.png demo-out/demo.html
"""

import base64
import html
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html.parser import HTMLParser
from importlib.resources import files
from string import Template

from bot.demo.phones import Phone
from bot.demo.stage import DAY, SCHEDULE, say
from bot.demo.telling import Told
from sandbox.people import Button, SeenMessage

# An app hides what a deep link adds to /start; an invitation is nobody else's business.
_START = re.compile(r"(?<=^/start) .*", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_TAGS = frozenset({"b", "i", "u", "s", "code", "pre"})


def render(
    phones: Iterable[Phone],
    told: Iterable[Told],
    figures: Iterable[str],
    pictures: Iterable[tuple[str, str, bytes]] = (),
) -> str:
    """Return the page; nothing that anybody wrote reaches it unescaped."""
    template = Template(files("bot.demo").joinpath("page.html").read_text("utf-8"))
    return template.substitute(
        title=_escaped(f"{say.page_title} {DAY:%d/%m/%Y}"),
        note=_escaped(say.page_note),
        figures="".join(f"<p>{_escaped(line)}</p>" for line in figures),
        phones="\n".join(_phone(phone) for phone in phones),
        pictures_title=_escaped(say.pictures_title),
        pictures="\n".join(_picture(*picture) for picture in pictures),
        story_title=_escaped(say.story),
        story="\n".join(_told(line) for line in told),
    )


def alone(phone: Phone) -> str:
    """Return a page with one phone and nothing else."""
    whole = files("bot.demo").joinpath("page.html").read_text("utf-8")
    head = whole[: whole.index("<body>")]
    shown = Template(head).substitute(title=_escaped(phone.title))
    return f"{shown}<body><main>{_phone(phone)}</main></body></html>"


def _phone(phone: Phone) -> str:
    pinned = next((m for m in reversed(phone.messages) if m.pinned), None)
    bar = ""
    if pinned:
        first_line = pinned.text.partition("\n")[0]
        bar = f'<p class="pinned">📌 {_escaped(first_line)}</p>'
    day = _day_of(phone)
    clock_time = _clock_time(phone.at)
    when = clock_time if day == DAY else say.on_day(clock_time, day)
    owner = _escaped(say.phone_of(phone.owner, when))
    return (
        f'<section class="phone"><h2>{owner}</h2><div class="frame">'
        f'<header><span class="face" aria-hidden="true">{_escaped(phone.title[:1])}</span>'
        f"<span><strong>{_escaped(phone.title)}</strong>"
        f"<small>{_escaped(phone.subtitle)}</small></span></header>{bar}"
        f'<div class="chat" tabindex="0" role="log" aria-label="{owner}"><div>'
        f'<p class="day">{_escaped(say.day_in_chat(day))}</p>'
        + "\n".join(_message(phone, message) for message in phone.messages)
        + "</div></div></div></section>"
    )


def _day_of(phone: Phone) -> date:
    """The day of what is seen: the newest of the chat."""
    return phone.at.astimezone(SCHEDULE.zone).date()


def _message(phone: Phone, message: SeenMessage) -> str:
    sender = phone.names.get(message.sender_id, "")
    if message.service:
        what = say.services.get(message.service, message.service)
        return f'<p class="service">{_escaped(f"{sender} {what}".strip())}</p>'
    is_own = message.sender_id == phone.viewer
    side = "own" if is_own else "other"
    named = "" if is_own or not sender else f'<strong class="from">{_escaped(sender)}</strong>'
    attached = _attached(phone, message)
    return (
        f'<article class="{side}"><div class="bubble">{named}{attached}'
        f'<div class="text">{_formatted(message)}</div><small>{_escaped(_marks(message))}</small>'
        f"{_earlier(message)}</div>{_keyboard(message.buttons)}</article>"
    )


def _attached(phone: Phone, message: SeenMessage) -> str:
    picture = phone.pictures.get(message.file_id, b"")
    media = say.attachments.get(message.media, message.media)
    if picture:
        return _image(picture, media)
    return f'<div class="media">{_escaped(media)}</div>' if media else ""


def _picture(name: str, what: str, png: bytes) -> str:
    told = f"<figcaption><b>{_escaped(name)}</b><br>{_escaped(what)}</figcaption>"
    return f"<figure>{told}{_image(png, what)}</figure>"


def _image(png: bytes, what: str) -> str:
    """A picture inside the page itself."""
    if not png.startswith(_PNG):
        raise ValueError("not a PNG")
    data = base64.b64encode(png).decode()
    return f'<img class="picture" alt="{_escaped(what)}" src="data:image/png;base64,{data}">'


def _marks(message: SeenMessage) -> str:
    marks = (
        say.pinned if message.pinned else "",
        say.edited if message.edit_date else "",
        _clock_time(message.edit_date or message.date),
    )
    return " · ".join(filter(None, marks))


def _earlier(message: SeenMessage) -> str:
    """What the message showed before it was edited, folded away."""
    if not message.history:
        return ""
    items = "".join(f"<li>{_escaped(_START.sub('', text))}</li>" for text in message.history)
    summary = _escaped(say.earlier(len(message.history)))
    return f"<details><summary>{summary}</summary><ol>{items}</ol></details>"


def _keyboard(rows: Sequence[Sequence[Button]]) -> str:
    if not rows:
        return ""
    drawn = "".join(
        f"<div>{''.join(f'<span>{_escaped(b.text)}</span>' for b in row)}</div>" for row in rows
    )
    return f'<div class="keys">{drawn}</div>'


def _told(line: Told) -> str:
    if not line.who:
        return f"<h3>{_clock_time(line.at)} {_escaped(line.what)}</h3>"
    who, what = _escaped(line.who), _escaped(line.what)
    return f"<p><time>{_clock_time(line.at)}</time> <b>{who}</b> {what}</p>"


def _clock_time(moment: datetime) -> str:
    return f"{moment.astimezone(SCHEDULE.zone):%H:%M}"


def _escaped(text: str) -> str:
    """The only way of text into the page, also of text between the tags that are kept."""
    return html.escape(text)


def _formatted(message: SeenMessage) -> str:
    """Return the text with its bold and italic words, as far as that is certain to be harmless."""
    if not message.from_bot:
        return _escaped(_START.sub("", message.text))
    reader = _KeptTags()
    reader.feed(message.html)
    reader.close()
    is_whole = not reader.open_tags and "".join(reader.plain).strip() == message.text.strip()
    return "".join(reader.kept).strip() if is_whole else _escaped(message.text)


class _KeptTags(HTMLParser):
    """Keeps a few tags, bare of attributes, and escapes everything else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.plain: list[str] = []
        self.open_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _KEPT_TAGS:
            self.open_tags.append(tag)
            self.kept.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.open_tags and self.open_tags[-1] == tag:
            self.open_tags.pop()
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.plain.append(data)
        self.kept.append(_escaped(data))
