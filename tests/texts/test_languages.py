"""The words of each feature stand in a class of their own; together they are one language."""

import ast
import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pytest

from bot.texts import LANGUAGES, Texts
from bot.texts.en import English
from bot.texts.en_console import EnglishConsole
from bot.texts.en_demo import EnglishDemo
from bot.texts.en_words import count
from bot.texts.vi import Vietnamese
from bot.texts.vi_console import VietnameseConsole
from bot.texts.vi_demo import VietnameseDemo

PAIRS: tuple[tuple[type, type], ...] = (
    (Vietnamese, English),
    (VietnameseConsole, EnglishConsole),
    (VietnameseDemo, EnglishDemo),
)
PARTS = ("bot.texts.vi", "bot.texts.en")

# What is typed to the bot, in the words of its commands, of the report line and of `trucbao report`.
TYPED_IN_VIETNAMESE = {
    "_problem_of_words",
    "_typed_reasons",
    "not_hours_command",
    "not_exempt_command",
    "exempt_without_reason",
    "ask_new_unit",
    "ask_unit_name",
    "invite",
    "not_absences",
    "opt_absent",
    "ask_activity",
    "ask_sessions",
    "ask_liable",
    "bad_liable",
    "invalid_activity",
    "report",
    # What is typed into the cells of a file that is taken in.
    "column_notes",
    "column_examples",
    "file_problems",
}
# The form of the official report is Vietnamese, whoever asks for it.
OFFICIAL_FORM = {
    "nation",
    "motto",
    "draft",
    "report_kind",
    "recipients_title",
    "archive",
    "report_table_columns",
    "report_number",
    "place_and_date",
    "report_subject",
    "report_opening",
    "results_title",
    "units_title",
    "problems_title",
    "silent_title",
    "recommendations_title",
    "no_problems_reported",
    "nobody_silent",
    "no_recommendations",
    "report_results",
    "units_left_out",
    "reported_problem",
    "reports_left_open",
    "silent_unit",
    "recommended",
    "more_of",
    "report_end",
}
# What is said in the chats of the demo, which are Vietnamese.
PLAYED = {
    "group_title",
    "exempt_reason",
    "sample_unit",
    "typed_leave",
    "typed_ambiguous",
    "typed_mission",
    "typed_line",
    "strange_question",
    "why_late",
    "list_nudged",
    "escalation_told",
    "course",
    "course_title",
    "three_lines_asked",
    "period_told",
    "final_told",
    "locked_told",
    "outage_told",
    "reminder_told",
    "overdue_told",
}
SAME_IN_BOTH = {"vocabulary", "line_example", "check_sqlite", "started", *OFFICIAL_FORM, *PLAYED}


def words_in(text: str) -> bool:
    """Whether anything is left to read without placeholders, markup, commands and formats."""
    kept = re.sub(r"\{[^}]*\}|<[^>]*>|&\w+;|%[a-zA-Z]|/[a-z]+", "", text)
    return bool(re.search(r"[^\W\d_]", kept))


def said(value: object) -> Iterator[str]:
    """Every string that a member of a class may say: values, and literals of its functions."""
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from said(part)
        case tuple() | list():
            for part in value:
                yield from said(part)
        case property():
            yield from said(value.fget)
        case staticmethod() | classmethod():
            yield from said(value.__func__)
        case _ if inspect.isfunction(value):
            tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
            yield from _literals(tree.body[0])


def _literals(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
        return
    for part in _speaking(node):
        yield from _literals(part)


def _speaking(node: ast.AST) -> Iterable[ast.AST]:
    """The parts of a piece of code that may be read by a person."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.MatchValue():
            return ()  # a docstring; what a value is held against
        case ast.Subscript() | ast.FormattedValue():
            return (node.value,)
        case ast.Call(func=ast.Attribute(attr="get", value=kept), args=[ast.Constant(), *defaults]):
            return (kept, *defaults)  # the first is a key of what was kept
        case ast.Dict():
            return node.values
        case ast.FunctionDef(args=args):
            return (*args.defaults, *filter(None, args.kw_defaults), *node.body)
        case _:
            return ast.iter_child_nodes(node)


def members(texts: type, part: str) -> dict[str, object]:
    """What the classes of one language define, each name as it wins."""
    found: dict[str, object] = {}
    for cls in reversed(texts.__mro__):
        if cls.__module__.startswith(part):
            found |= {name: v for name, v in vars(cls).items() if not name.startswith("__")}
    return found


@pytest.mark.parametrize("texts", [*LANGUAGES.values(), EnglishConsole, EnglishDemo])
@pytest.mark.parametrize("part", PARTS)
def test_no_word_has_two_meanings(texts: type, part: str) -> None:
    """Of two classes of a language with the same name for something, one would silently win."""
    parts = [cls for cls in texts.__mro__ if cls.__module__.startswith(part)]
    named = Counter(name for cls in parts for name in vars(cls) if not name.startswith("__"))
    assert [name for name, classes in named.items() if classes > 1] == []


@pytest.mark.parametrize(("original", "english"), PAIRS)
def test_english_says_anew_whatever_has_words(original: type, english: type) -> None:
    ours = members(english, "bot.texts.en")
    left = [
        name
        for name, value in members(original, "bot.texts.vi").items()
        if name not in ours and name not in SAME_IN_BOTH and any(map(words_in, said(value)))
    ]
    assert left == []


@pytest.mark.parametrize(("original", "english"), PAIRS)
def test_english_says_nothing_that_has_no_original(original: type, english: type) -> None:
    ours = members(english, "bot.texts.en")
    known = members(original, "bot.texts.vi")
    assert [name for name in ours if name not in known and not name.startswith("_")] == []


@pytest.mark.parametrize(("original", "english"), PAIRS)
def test_every_table_of_words_is_whole(original: type, english: type) -> None:
    ours = members(english, "bot.texts.en")
    for name, value in members(original, "bot.texts.vi").items():
        if isinstance(value, Mapping) and name in ours:
            told = ours[name]
            assert isinstance(told, Mapping), name
            assert told.keys() == value.keys(), name
        elif isinstance(value, tuple) and name in ours:
            told = ours[name]
            assert isinstance(told, tuple), name
            assert len(told) == len(value), name


@pytest.mark.parametrize("english", [english for _, english in PAIRS])
def test_english_has_vietnamese_letters_only_in_what_is_typed(english: type) -> None:
    spoilt = [
        name
        for name, value in members(english, "bot.texts.en").items()
        if name not in TYPED_IN_VIETNAMESE
        for text in said(value)
        if any(letter.isalpha() and not letter.isascii() for letter in text)
    ]
    assert spoilt == []


def test_words_are_found_wherever_a_text_may_say_them() -> None:
    def told(kept: dict[str, str], kind: str) -> str:
        """No words."""
        if kind == "compared":
            return {"key": "of a table"}.get(kind, "by default")
        return kept.get("key", "without a key") + f"{kept['key']} formatted"

    assert set(said(told)) == {"of a table", "by default", "without a key", " formatted"}


def test_a_noun_agrees_with_its_number() -> None:
    assert [count(n, "unit") for n in (0, 1, 2, 1000)] == [
        "0 units",
        "1 unit",
        "2 units",
        "1,000 units",
    ]
    assert [count(n, "person", "people") for n in (1, 2)] == ["1 person", "2 people"]


@pytest.mark.parametrize("texts", LANGUAGES.values())
def test_a_language_is_named_in_itself(texts: type[Texts]) -> None:
    assert LANGUAGES[texts.language] is texts
