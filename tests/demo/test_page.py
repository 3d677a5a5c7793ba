import base64
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from bot.demo.page import render
from bot.demo.phones import Phone
from bot.demo.stage import at
from bot.demo.telling import Told
from sandbox.people import Button, SeenMessage

VIEWER, BOT, ADMIN = 1, 700, 9
PNG = b"\x89PNG\r\n\x1a\n and more"
NASTY = "<script>alert('1')</script> & \"x\" <img src=x onerror=y> đồng chí ẵ"


def message(text: str = "", **changes: object) -> SeenMessage:
    values = {
        "id": 1,
        "chat_id": VIEWER,
        "from_bot": True,
        "sender_id": BOT,
        "text": text,
        "html": html.escape(text, quote=False),
        "buttons": (),
        "date": at("15:30"),
        "edit_date": None,
        "pinned": False,
        "thread": None,
        "reply_to": None,
        "media": "",
        "file_id": "",
        "service": "",
        "history": (),
    }
    return SeenMessage(**{**values, **changes})  # type: ignore[arg-type]


DATA = "data:image/png;base64,"
PICTURES = {"photo-1": PNG}


def pictured() -> SeenMessage:
    return message("Báo cáo trực ngày, tháng 3/2022", media="photo", file_id="photo-1")


def page(*messages: SeenMessage, **changes: object) -> str:
    values = {
        "owner": "CHT phường An Sơn",
        "at": at("16:30"),
        "title": "Báo cáo trực ngày",
        "subtitle": "bot",
        "viewer": VIEWER,
        "messages": messages,
        "names": {ADMIN: "Quản trị"},
    }
    phone = Phone(**{**values, **changes})  # type: ignore[arg-type]
    told = [Told(at("15:00"), "", "Mở"), Told(at("15:00"), NASTY, NASTY)]
    return render([phone], told, [NASTY], [(NASTY, NASTY, PNG)])


def body(of: str) -> str:
    return of.partition("<body>")[2]


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.started: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.started.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements(of: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    reader = Elements()
    reader.feed(of)
    reader.close()
    assert reader.open == []
    yield from reader.started


@pytest.mark.parametrize(
    "shown",
    [
        message(NASTY),
        message(NASTY, html=NASTY),
        message(NASTY, sender_id=VIEWER, from_bot=False, html=NASTY),
        message("x", history=(NASTY, "y")),
        message("x", buttons=((Button(NASTY, "data"),),)),
        message(NASTY, pinned=True),
        message(NASTY, media=NASTY),
        message("", service=NASTY),
    ],
)
def test_nothing_that_anybody_wrote_becomes_markup(shown: SeenMessage) -> None:
    made = page(shown, owner=NASTY, title=NASTY, subtitle=NASTY)
    used = list(elements(made))
    assert "script" not in {tag for tag, _ in used}
    assert [attrs["alt"] for tag, attrs in used if tag == "img"] == [NASTY]
    assert not [name for _, attrs in used for name in attrs if name.startswith("on")]
    assert html.escape(NASTY) in made


def test_it_needs_nothing_from_elsewhere() -> None:
    for tag, attrs in elements(page(message("https://t.me/x"), pictured(), pictures=PICTURES)):
        assert tag not in {"script", "link", "iframe", "a"}, tag
        assert "href" not in attrs
        assert (attrs.get("src") or DATA).startswith(DATA)
    assert "url(" not in page()
    assert "@import" not in page()


def test_a_picture_of_the_bot_stands_in_its_phone_and_those_in_the_folder_below() -> None:
    made = page(pictured(), pictures=PICTURES)
    shown = f'src="{DATA}{base64.b64encode(PNG).decode()}"'
    in_phones, _, below = made.partition("</main>")
    assert in_phones.count(shown) == 1
    assert "🖼 Ảnh</div>" not in in_phones
    assert below.count(shown) == 1
    assert html.escape(NASTY) in below


def test_a_photo_that_a_person_sent_is_named_and_not_shown() -> None:
    made = page(message("", media="photo", file_id="theirs", sender_id=VIEWER, from_bot=False))
    assert "🖼 Ảnh</div>" in made


def test_what_is_no_png_stays_out() -> None:
    with pytest.raises(ValueError, match="PNG"):
        page(pictured(), pictures={"photo-1": b"<svg onload=x>"})


def test_bold_words_of_the_bot_stay_bold() -> None:
    shown = message("Hạn 16:30 & gấp", html='Hạn <b class="x">16:30</b> &amp; gấp')
    assert "Hạn <b>16:30</b> &amp; gấp" in page(shown)


@pytest.mark.parametrize("source", ["<b>Hạn</i>", "<b>Hạn", "Hạn <b>khác</b>"])
def test_text_that_cannot_be_read_for_sure_is_plain(source: str) -> None:
    assert '<div class="text">Hạn</div>' in page(message("Hạn", html=source))


def test_people_cannot_write_bold() -> None:
    said = message("<b>x</b>", html="<b>x</b>", sender_id=VIEWER, from_bot=False)
    assert "&lt;b&gt;x&lt;/b&gt;" in body(page(said))


def test_an_invitation_stays_off_the_page() -> None:
    said = message("/start 6mrZgMyvi", sender_id=VIEWER, from_bot=False)
    assert '<div class="text">/start</div>' in page(said)
    assert "6mrZgMyvi" not in page(said)


def test_own_words_stand_apart_and_others_by_position() -> None:
    made = page(
        message("/nhom", sender_id=ADMIN, from_bot=False),
        message("/conthieu", sender_id=VIEWER, from_bot=False),
        message("Chưa báo cáo"),
    )
    assert re.findall(r'<article class="(\w+)">', made) == ["other", "own", "other"]
    assert made.count('<strong class="from">Quản trị</strong>') == 1


def test_edited_pinned_and_button_marks() -> None:
    edited = message(
        "Bản mới\nhai dòng",
        pinned=True,
        edit_date=at("15:30") + timedelta(minutes=4),
        history=("Bản cũ",),
        buttons=((Button("➖"), Button("phép: 1"), Button("➕")), (Button("✔️ Xong"),)),
    )
    made = page(edited)
    assert "📌 đã ghim · đã sửa · 15:34" in made
    assert '<p class="pinned">📌 Bản mới</p>' in made
    assert "<li>Bản cũ</li>" in made
    rows = "<div><span>➖</span><span>phép: 1</span><span>➕</span></div>"
    assert f"{rows}<div><span>✔️ Xong</span></div>" in made
