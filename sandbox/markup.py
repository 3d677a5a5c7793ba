"""HTML as the Bot API reads it, with its errors and their byte offsets.

It follows the observable rules of the official server: tags are read byte by byte, an unknown
named reference stays literal text, and a lone `&` is no error.
"""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
}
REFERENCES = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
SPACES = b" \t\r\n\0\v"
NAME_TOKEN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LAST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
LONGEST_NUMERIC_REFERENCE = 10
END = 0
"""The byte after the last one; a real zero byte ends the text as well, as at Telegram."""


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: a character beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    at: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.data = source.encode("utf-8", "replace") + b"\0"
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    @property
    def byte(self) -> int:
        return self.data[min(self.at, len(self.data) - 1)]

    def ended(self) -> bool:
        return self.at >= len(self.data) - 1

    def put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def skip_spaces(self) -> None:
        while not self.ended() and self.byte in SPACES:
            self.at += 1

    def until(self, stops: bytes) -> str:
        start = self.at
        while not self.ended() and self.byte not in stops:
            self.at += 1
        return self.data[start : self.at].decode("utf-8", "replace")

    def read(self) -> tuple[str, list[Entity]]:
        while not self.ended():
            if self.byte == ord("&") and (character := self.reference()) is not None:
                self.put(character)
            elif self.byte == ord("<"):
                begin = self.at
                self.at += 1
                if self.byte == ord("/"):
                    self.end_tag(begin)
                else:
                    self.start_tag(begin)
            else:
                start = self.at
                self.at += 1
                while not self.ended() and self.byte not in b"&<":
                    self.at += 1
                self.put(self.data[start : self.at].decode("utf-8", "replace"))
        if self.open:
            raise cannot_parse(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        return "".join(self.out), self.entities

    def reference(self) -> str | None:
        """Read a character reference, or leave the `&` to be plain text."""
        end = self.at + 1
        if self.data[end] == ord("#"):
            end += 1
            base = 10
            if self.data[end] == ord("x"):
                end += 1
                base = 16
            digits = b"0123456789abcdefABCDEF" if base == 16 else b"0123456789"  # noqa: PLR2004 - the base of a hexadecimal number
            start = end
            while self.data[end] in digits:
                end += 1
            code = int(self.data[start:end] or b"0", base)
            too_long = end - self.at >= LONGEST_NUMERIC_REFERENCE
            if not 0 < code < LAST_CODE_POINT or code in SURROGATES or too_long:
                return None
            found = chr(code)
        else:
            while self.data[end] in LETTERS:
                end += 1
            named = REFERENCES.get(self.data[self.at + 1 : end])
            if named is None:
                return None
            found = named
        self.at = end + 1 if self.data[end] == ord(";") else end
        return found

    def start_tag(self, begin: int) -> None:
        tag = self.until(SPACES + b">").lower()
        if self.ended():
            raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
        if tag not in KINDS:
            raise cannot_parse(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self.byte != ord(">"):
            self.skip_spaces()
            if self.byte == ord(">"):
                break
            if self.ended():
                raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {begin}')
            argument = self.attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.length, len(self.out)))

    def attribute(self, tag: str, begin: int) -> str:
        """Read one attribute and return the argument that it gives to the tag, if any."""
        name = self.until(SPACES + b"=>")
        if not name:
            raise cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip_spaces()
        if self.ended():
            raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if self.byte != ord("="):
            return "1" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self.skip_spaces()
        if self.ended():
            raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self.value()
        if self.ended():
            raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "1"
        return ""

    def value(self) -> str:
        start = self.at
        if self.byte not in b"'\"":
            while self.byte in NAME_TOKEN and not self.ended():
                self.at += 1
            token = self.data[start : self.at].decode().lower()
            if self.byte not in SPACES + b">":
                raise cannot_parse(f"Unexpected end of name token at byte offset {start}")
            return token
        quote = self.byte
        self.at += 1
        parts = []
        while not self.ended() and self.byte != quote:
            if self.byte == ord("&") and (character := self.reference()) is not None:
                parts.append(character.encode("utf-8", "surrogatepass"))
            else:
                parts.append(self.data[self.at : self.at + 1])
                self.at += 1
        if not self.ended():
            self.at += 1
        return b"".join(parts).decode("utf-8", "replace")

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise cannot_parse(f"Unexpected end tag at byte offset {begin}")
        self.at += 1
        found = self.until(SPACES + b">")
        self.skip_spaces()
        if self.byte != ord(">"):
            raise cannot_parse(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if found and found != opened.tag:
            raise cannot_parse(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", '
                f'found "</{found}>"'
            )
        if self.length > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        span = {"offset": opened.offset, "length": self.length - opened.offset}
        kind = KINDS[opened.tag]
        last = self.entities[-1] if self.entities else {}
        same_span = {key: last.get(key) for key in span} == span
        match kind:
            case "text_link":
                entity = link(opened.argument or "".join(self.out[opened.at :]))
                if entity is not None:
                    self.entities.append(entity | span)
            case "custom_emoji":
                if not opened.argument.isdigit():
                    raise cannot_parse("Invalid custom emoji identifier specified")
                self.entities.append({"type": kind, "custom_emoji_id": opened.argument} | span)
            case "blockquote" if opened.argument:
                self.entities.append({"type": "expandable_blockquote"} | span)
            case "pre" if same_span and last["type"] == "code" and "language" in last:
                last["type"] = "pre"
            case "code" if same_span and last["type"] == "pre" and opened.argument:
                last["language"] = opened.argument
            case "code" if opened.argument:
                self.entities.append({"type": "code", "language": opened.argument} | span)
            case _:
                self.entities.append({"type": kind} | span)


def cannot_parse(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")


def link(url: str) -> Entity | None:
    """Return the entity of a link; an address that Telegram cannot use makes none."""
    url = url.strip()
    if url.startswith("tg://user?id=") and url.removeprefix("tg://user?id=").isdigit():
        return {"type": "text_mention", "user_id": int(url.removeprefix("tg://user?id="))}
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "http", url
        url = f"http://{url}"
    host = rest.partition("/")[0]
    if scheme.lower() not in {"http", "https", "tg", "ton"} or not host:
        return None
    if scheme.lower() in {"http", "https"}:
        name = host.rpartition("@")[2].partition(":")[0]
        if " " in host or ("." not in name and name != "localhost"):
            return None
        if "/" not in rest:
            url += "/"
    return {"type": "text_link", "url": url}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, ordered as Telegram orders them."""
    text, entities = _Reader(source).read()
    for entity in entities:
        # Only <pre><code class="language-x"> keeps the language; in <code> alone it is dropped.
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))
