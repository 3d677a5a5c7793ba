import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import RefusalError
from sandbox.markup import parse_html, utf16_length
from sandbox.text import part, sent, typed


@pytest.mark.parametrize(
    ("source", "plain", "kinds"),
    [
        ("<b>a</b><strong>b</strong>", "ab", ["bold", "bold"]),
        ("<i>a</i><em>b</em>", "ab", ["italic", "italic"]),
        ("<u>a</u><ins>b</ins>", "ab", ["underline", "underline"]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", ["strikethrough"] * 3),
        ("<tg-spoiler>a</tg-spoiler>", "a", ["spoiler"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler"]),
        ('<a href="https://example.org">a</a>', "a", ["text_link"]),
        ("<a href='tg://user?id=7'>a</a>", "a", ["text_mention"]),
        ("<code>a</code>", "a", ["code"]),
        ("<pre>a</pre>", "a", ["pre"]),
        ('<pre><code class="language-python">a</code></pre>', "a", ["pre"]),
        ("<blockquote>a</blockquote>", "a", ["blockquote"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote"]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', "👍", ["custom_emoji"]),
        ("<B>a</>", "a", ["bold"]),
        ("<b odd=1 x='y&amp;z'>a</b >", "a", ["bold"]),
        ('<a href = "example.org/x" >a</a>', "a", ["text_link"]),
        ("<a>example.org</a>", "example.org", ["text_link"]),
        ('<a href="no address">a</a>', "a", []),
        ('<blockquote expandable="">a</blockquote>', "a", ["expandable_blockquote"]),
        ("<code><pre>a</pre></code>", "a", ["pre", "code"]),
        ("<b></b>a", "a", []),
        ("1 &lt; 2 &gt; 0 &amp; &quot;x&quot;", '1 < 2 > 0 & "x"', []),
        ("&#65;&#x42;&#128077;", "AB👍", []),
        ("a & b &nbsp; &#xD800;", "a & b &nbsp; &#xD800;", []),
    ],
)
def test_html_that_telegram_knows_becomes_entities(
    source: str, plain: str, kinds: list[str]
) -> None:
    text, entities = parse_html(source)
    assert text == plain
    assert [each["type"] for each in entities] == kinds


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("ộ<x>a</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("1 <2 3", 'Unsupported start tag "2" at byte offset 2'),
        (
            "<b>ộ<i>a</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=x:y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<b x=", 'Unclosed start tag "b" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_other_html_is_refused_with_its_place_in_bytes(source: str, error: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {error}"


def test_offsets_count_utf16_units() -> None:
    text, entities = parse_html("👍ộ<b>đậm</b>")
    assert entities == [{"type": "bold", "offset": 3, "length": 3}]
    assert utf16_length(text) == 6


def test_nested_entities_come_outermost_first() -> None:
    _, entities = parse_html("<i>a<b>b</b></i>")
    assert [each["type"] for each in entities] == ["italic", "bold"]


def test_a_sent_text_is_trimmed_and_its_entities_move_along() -> None:
    text = sent("\n  <b>a</b> b \n", "HTML")
    assert text.plain == "a b"
    assert text.entities == ({"type": "bold", "offset": 0, "length": 1},)


def test_a_code_block_keeps_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-sql">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "sql"}]


def test_markdown_is_not_spoken_here() -> None:
    with pytest.raises(RefusalError, match="unsupported parse_mode"):
        sent("*a*", "MarkdownV2")


def test_commands_mentions_and_addresses_are_found_in_what_is_typed() -> None:
    text = typed("👍 /bao_cao@some_bot hỏi @someone #tin https://a.vn/b. x/y a@b /tổng")
    found = [(each["type"], part(text, each)) for each in text.entities]
    assert found == [
        ("bot_command", "/bao_cao@some_bot"),
        ("mention", "@someone"),
        ("hashtag", "#tin"),
        ("url", "https://a.vn/b"),
    ]


def test_a_typed_text_is_kept_letter_for_letter() -> None:
    decomposed = " Hòa \n"
    assert typed(decomposed).plain == decomposed


@given(st.text(alphabet="<>/=&;#x\"' abé👍\n\0") | st.text())
def test_whatever_is_sent_is_read_or_refused(source: str) -> None:
    try:
        text = sent(source, "HTML")
    except RefusalError as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either outcome is fine
        return
    for entity in text.entities:
        assert part(text, entity)
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"]
        assert entity["offset"] + entity["length"] <= utf16_length(text.plain)


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    printable = "".join(c for c in text if c.isprintable())
    assert sent(html.escape(printable, quote=False), "HTML").plain == printable.strip()
