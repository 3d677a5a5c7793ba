"""The one place where text from people and data becomes HTML for Telegram."""

import html
import re
import unicodedata

_SHOWN_AT_MOST = 200
# Characters that turn the direction of what follows: shown literally they would garble our own words.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Html(str):
    """Text that is safe to send with parse_mode HTML."""

    __slots__ = ()


def literal(value: object) -> Html:
    """Return the value as a person should see it: escaped, on one line, of bounded length."""
    if isinstance(value, Html):
        return value
    text = unicodedata.normalize("NFC", str(value))
    kept = "".join(
        " " if c.isspace() else c for c in text if c not in _BIDI and (c.isspace() or c >= " ")
    )
    shortened = kept if len(kept) <= _SHOWN_AT_MOST else kept[: _SHOWN_AT_MOST - 1] + "…"
    return Html(html.escape(shortened, quote=False))


def own_words(text: str) -> Html:
    """Return what a person wrote in full; how long it may be was checked when it was taken."""
    return Html(html.escape(text, quote=False))


def fill(template: str, **values: object) -> Html:
    """Put the values into our own template, each one escaped unless it is Html already."""
    return Html(template.format(**{name: literal(value) for name, value in values.items()}))


def lines(*parts: Html | str) -> Html:
    """Join lines of Html, or of our own plain words, and leave out the empty ones."""
    return Html(
        "\n".join(part if isinstance(part, Html) else literal(part) for part in parts if part)
    )


def paragraphs(*parts: Html | str) -> Html:
    return Html(
        "\n\n".join(part if isinstance(part, Html) else literal(part) for part in parts if part)
    )


def plain(text: Html) -> str:
    """Return what a person sees of the text, for a console."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))
