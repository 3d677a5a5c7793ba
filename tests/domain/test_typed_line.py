import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.forms import DUTY
from bot.domain.line_errors import (
    AboveEstablishmentError,
    AbsencesDoNotAddUpError,
    AbsentContradictsPresentError,
    AmbiguousFigureError,
    AmbiguousWordError,
    LineError,
    LineTooLongError,
    NegativeCountError,
    NotACountError,
    NotADayError,
    ReasonsMissingError,
    SaidTwiceError,
    StrengthMissingError,
    UnknownPartError,
    WrongEstablishmentError,
)
from bot.domain.line_words import Reason, Term, Vocabulary
from bot.domain.typed_line import LONGEST_LINE, TypedLine, looks_like_line, read_line, split_unit
from bot.domain.units import Unit
from bot.texts.vi_vocabulary import VOCABULARY
from tests.domain.examples import HOA_HUONG, MONDAY, TAM_THANG, TAM_THANH, UNITS, unhurried

_OF_27 = 27
_LEAVE_AND_SICK = {"absent": {"leave": 1, "sick": 1}}
_FULL: dict[str, Any] = {"absent": {}}
_SAFE = {"safety": True}
_UNSAFE = {"safety": False}
_STABLE = {"order": True}
_UNSTABLE = {"order": False}


def read(text: str, establishment: int | None = _OF_27) -> TypedLine:
    return read_line(text, establishment, MONDAY, VOCABULARY)


@pytest.mark.parametrize(
    "line",
    [
        "QS 25/27, phép 1, ốm 1",
        "qs 25/27 phép 1 ốm 1",
        "QS: 25/27; phép: 1; ốm: 1.",
        "QS=25/27, phép=1, ốm=1",
        "QS - 25/27, phép - 1, ốm-1",
        "Quân số 25 / 27 , vắng 2 : phép 1 , ốm 1",
        "quan so 25/27 vang 2 phep 1 om 1",
        "QUÂN SỐ 25/27. VẮNG 2. PHÉP 1. ỐM 1.",
        "qs25/27phép1ốm1",
        "QS 25/27,phép 1,ốm 1",
        "QS: 25, phép 1, ốm 1",
        "có mặt 25/27, 1 phép, 1 ốm",
        "25 có mặt, 2 vắng, 1 phép, 1 ốm",
        "biên chế 27, có mặt 25, phép 1, ốm 1",
        "QS có mặt 25, biên chế: 27, vắng 2 (phép 1, ốm 1)",
        "vắng 2 (1 phép, 1 ốm)",
        "v 2: 1 phép 1 ốm",
        "v2, phép 1, ốm 1",
        "vắng 2 đồng chí: 1 đ/c phép, 1 đ/c ốm",
        "vắng 1 phép 1 ốm",
        "vắng: phép 1, ốm 1",
        "quân số vắng 2, phép 1, ốm 1",
        "phép 1, ốm 1",
        "1 phép 1 ốm",
        "phép 01, ốm 1, tranh thủ 0, học không",
        "- QS 25/27\n- phép 1\n- ốm 1",
        "• QS 25/27\r\n+ 1 phép\u2028* 1 ốm",
        "Báo cáo: QS 25/27, nghỉ phép 1, bị ốm 1!",
        "QS\u00a025/27,\u200b phép\t1, ốm – 1",
    ],
)
def test_a_strength_with_its_reasons_is_read_as_people_type_it(line: str) -> None:
    assert read(line) == TypedLine(None, _LEAVE_AND_SICK)


@pytest.mark.parametrize(
    "line",
    [
        "đủ",
        "QS đủ",
        "đủ QS",
        "đủ quân số",
        "Quân số: đủ.",
        "du quan so",
        "QS 27/27",
        "QS đủ 27/27",
        "QS 27",
        "vắng 0",
        "v 0",
        "vắng: không",
        "vắng k",
        "không vắng",
        "ko vắng",
        "k vắng ai",
        "kg vắng",
        "không có ai vắng",
        "quân số không vắng",
        "QS 27/27, vắng 0, phép 0, ốm 0",
    ],
)
def test_nobody_absent_is_read_as_people_type_it(line: str) -> None:
    assert read(line) == TypedLine(None, _FULL)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("phép", "leave"),
        ("tranh thủ", "short_leave"),
        ("ốm", "sick"),
        ("công tác", "on_mission"),
        ("học", "studying"),
        ("khác", "other"),
        ("đi học", "studying"),
        ("lý do khác", "other"),
        ("lí do khác", "other"),
    ],
)
@pytest.mark.parametrize("spelling", ["{} 2", "2 {}", "{}: 2", "vắng 2 {}", "vắng {} 2"])
def test_every_reason_is_known(words: str, reason: str, spelling: str) -> None:
    assert read(spelling.format(words)).answers == {"absent": {reason: 2}}


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("an toàn", _SAFE),
        ("an tòan", _SAFE),
        ("AN TOÀN TUYỆT ĐỐI", _SAFE),
        ("không mất an toàn", _SAFE),
        ("chưa xảy ra mất an toàn", _SAFE),
        ("an toàn không có vấn đề gì", _SAFE),
        ("ko có vấn đề về an toàn", _SAFE),
        ("không an toàn", _UNSAFE),
        ("ko an toàn", _UNSAFE),
        ("k an toan", _UNSAFE),
        ("kg an toàn", _UNSAFE),
        ("chưa an toàn", _UNSAFE),
        ("KHÔNG-AN-TOÀN", _UNSAFE),
        ("không bảo đảm an toàn", _UNSAFE),
        ("mất an toàn", _UNSAFE),
        ("an toàn có vấn đề", _UNSAFE),
        ("an toàn: có vấn đề, gọi trực chỉ huy", _UNSAFE),
        ("ổn định", _STABLE),
        ("on dinh", _STABLE),
        ("anct ổn định", _STABLE),
        ("ANCT-TTATXH: ổn định", _STABLE),
        ("trật tự ổn định", _STABLE),
        ("trật tự an toàn xã hội ổn định", _STABLE),
        ("an ninh bình thường", _STABLE),
        ("không có vụ việc", _STABLE),
        ("ko có vụ việc gì", _STABLE),
        ("chưa xảy ra vụ việc nào", _STABLE),
        ("không ổn định", _UNSTABLE),
        ("chưa ổn định", _UNSTABLE),
        ("anct chưa ổn định", _UNSTABLE),
        ("tình hình không ổn định", _UNSTABLE),
        ("an ninh ko bình thường", _UNSTABLE),
        ("mất ổn định", _UNSTABLE),
        ("có vụ việc", _UNSTABLE),
        ("xảy ra vụ việc", _UNSTABLE),
        ("an ninh có vấn đề", _UNSTABLE),
        ("bình thường", _SAFE | _STABLE),
        ("mọi mặt bình thường", _SAFE | _STABLE),
        ("không có vấn đề", _SAFE | _STABLE),
        ("ko có vấn đề gì", _SAFE | _STABLE),
        ("an toàn, ổn định", _SAFE | _STABLE),
        ("an toàn ổn định", _SAFE | _STABLE),
        ("an toàn, bình thường", _SAFE | _STABLE),
        ("không an toàn, có vụ việc", _UNSAFE | _UNSTABLE),
        ("an toàn, chưa ổn định", _SAFE | _UNSTABLE),
    ],
)
@pytest.mark.parametrize("line", ["đủ, {}", "đủ {}", "{}\nQS 27/27.", "{}; không vắng"])
def test_what_is_said_of_safety_and_order_is_never_read_as_its_opposite(
    words: str, answers: Mapping[str, bool], line: str
) -> None:
    assert read(line.format(words)).answers == {**_FULL, **answers}


@pytest.mark.parametrize(
    "words",
    [
        "an toàn không",
        "an toàn: không",
        "an toàn chưa",
        "an toàn?",
        "an toàn không?",
        "an toàn không bảo đảm",
        "không bình thường",
        "không, an toàn",
        "không - an toàn",
        "vắng 2 phép 2 có mặt đủ",
        "không phải không an toàn",
        "không còn an toàn",
        "không an toàn ổn định",
        "an toàn không ổn định",
        "không có vụ việc mất an toàn",
        "không an toàn lắm",
        "chống mất an toàn",
        "có vấn đề",
        "có vấn đề gì",
        "an toàn có vấn đề gì",
        "vụ việc không an toàn",
        "hết ổn định",
        "ổn định à",
        "ôm",
        "hết ốm",
        "khỏi ốm 1",
        "không ốm",
        "không phép 1",
        "vắng không phép 1",
        "vắng không có phép 1",
        "có phép 1",
        "ốm",
        "phép không ốm 1",
        "vắng",
        "vâng 2",
        "không đủ",
        "QS không đủ",
        "QS dư",
        "quân số dự",
        "thiếu 2",
        "không có mặt 2",
        "phép 1k",
        "phép ²",
        "phép ２",
        "ngày mai",
        "phép hai",
        "2",
        "phép 1 ốm",
        "1 phép ốm 1",
        "🙂",
    ],
)
def test_what_is_not_understood_to_its_end_is_asked(words: str) -> None:
    with pytest.raises(UnknownPartError):
        read(f"QS 27/27, {words}")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("QS 25/27, phép 1, hết   ốm, ổn định", "hết ốm"),
        ("QS 25/27 phép 1 ốm", "ốm"),
        ("đủ, không an toàn lắm", "lắm"),
        ("chào đồng chí", "chào đồng chí"),
    ],
)
def test_the_part_that_is_not_understood_is_named_as_it_was_typed(line: str, part: str) -> None:
    with pytest.raises(UnknownPartError) as asked:
        read(line)
    assert asked.value.part == part


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ("QS 25/27 lúc 16h30", None),
        ("16h30 QS 27/27", "16h30"),
        ("QS 27/27, 16g30", "16g30"),
        ("QS 16:30", "16:30"),
        ("phép 16h", "16h"),
        ("vắng 2:1 phép", "2:1"),
        ("phép 1,5", "1,5"),
        ("1,5 phép", "1,5"),
        ("QS 25,0/27", "25,0/27"),
        ("QS 25/27,1 phép", "25/27,1"),
        ("QS 25-27", "25-27"),
        ("phép 1/2", "1/2"),
        ("QS 25/27/28", "25/27/28"),
        ("phép 1.25", "1.25"),
        ("phép 1.2500", "1.2500"),
        ("phép 0.250", "0.250"),
        ("phép 1234567", "1234567"),
        ("QS " + "9" * 400, "9" * 400),
    ],
)
def test_clock_times_and_decimals_are_never_numbers_of_people(
    line: str, figure: str | None
) -> None:
    with pytest.raises(NotACountError if figure else UnknownPartError) as asked:
        read(line)
    if isinstance(asked.value, NotACountError):
        assert asked.value.typed == figure


def test_a_point_parts_thousands() -> None:
    assert read("QS 1.250/1.300, phép 50", 1300).answers == {"absent": {"leave": 50}}
    assert read("QS 1250/1.300, 50 phép", 1300).answers == {"absent": {"leave": 50}}


@pytest.mark.parametrize("figure", ["25/27", "14/3", "25 / 27"])
def test_two_numbers_with_a_slash_alone_are_a_strength_or_a_day(figure: str) -> None:
    for line in (figure, f"đủ, {figure}", f"{figure}, ổn định"):
        with pytest.raises(AmbiguousFigureError) as asked:
            read(line)
        assert asked.value.typed == figure


@pytest.mark.parametrize(
    ("line", "word", "meanings"),
    [
        ("bc 27, QS 25", "bc", ("biên chế", "báo cáo")),
        ("27 BC", "BC", ("biên chế", "báo cáo")),
        ("QS 25/27, phép 1, tt 1", "tt", ("tranh thủ", "trật tự")),
        ("1 ct, 1 phép", "ct", ("công tác", "chính trị")),
    ],
)
def test_an_abbreviation_of_two_things_is_asked(
    line: str, word: str, meanings: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousWordError) as asked:
        read(line)
    assert (asked.value.word, asked.value.meanings) == (word, meanings)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("ngày 14/3 QS đủ", date(2022, 3, 14)),
        ("Ngày 13/3: QS đủ", date(2022, 3, 13)),
        ("QS đủ, NGÀY 12-3-2022", date(2022, 3, 12)),
        ("ngay 14.3, đủ", date(2022, 3, 14)),
        ("Báo cáo ngày 14 / 3 / 2022. QS đủ", date(2022, 3, 14)),
        ("ngày 2022-03-13, đủ", date(2022, 3, 13)),
    ],
)
def test_a_day_is_read_after_its_word_only(line: str, day: date) -> None:
    assert read(line) == TypedLine(day, _FULL)


@pytest.mark.parametrize("typed", ["14", "30/2", "25/27", "14/3/22", "16h30", "-14/3"])
def test_what_is_no_day_is_refused_after_the_word(typed: str) -> None:
    with pytest.raises(NotADayError) as asked:
        read(f"ngày {typed}, đủ")
    assert asked.value.typed == typed


@pytest.mark.parametrize(
    "line", ["QS -2/27", "phép -1", "vắng: -1", "phép=-1", "đủ,-1 ốm", "phép −1"]
)
def test_a_number_below_zero_is_refused(line: str) -> None:
    with pytest.raises(NegativeCountError):
        read(line)


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("phép 1, phép 2", "leave"),
        ("phép 1, ốm 1, 1 phép", "leave"),
        ("QS 25/27, có mặt 24, phép 2", "present"),
        ("QS 25/27, biên chế 28", "establishment"),
        ("vắng 2, vắng 3, phép 2", "absent"),
        ("đủ, vắng 2, phép 2", "absent"),
        ("đủ, an toàn, không an toàn", "safety"),
        ("đủ, bình thường, có vụ việc", "order"),
        ("ngày 14/3, ngày 13/3, đủ", "day"),
    ],
)
def test_what_is_said_twice_and_differently_is_asked(line: str, about: str) -> None:
    with pytest.raises(SaidTwiceError) as asked:
        read(line, None)
    assert asked.value.about == about


def test_what_is_said_twice_alike_is_taken() -> None:
    line = (
        "ngày 14/3, QS 25/27, có mặt 25, vắng 2, phép 2, vắng: 2, an toàn, bình thường, ngày 14-3"
    )
    assert read(line) == TypedLine(MONDAY, {"absent": {"leave": 2}} | _SAFE | _STABLE)


@pytest.mark.parametrize("line", ["QS 25/28, phép 3", "biên chế 28, đủ", "QS đủ 28/28"])
def test_an_establishment_other_than_the_units_own_is_refused(line: str) -> None:
    with pytest.raises(WrongEstablishmentError) as refused:
        read(line)
    assert (refused.value.typed, refused.value.own) == (28, 27)


@pytest.mark.parametrize(
    ("line", "establishment", "count"),
    [
        ("QS 28/27", 27, 28),
        ("QS 28/27", None, 28),
        ("QS 28", 27, 28),
        ("vắng 28, phép 28", 27, 28),
        ("phép 14, ốm 14", 27, 28),
    ],
)
def test_more_than_the_establishment_is_refused(
    line: str, establishment: int | None, count: int
) -> None:
    with pytest.raises(AboveEstablishmentError) as refused:
        read(line, establishment)
    assert (refused.value.count, refused.value.establishment) == (count, 27)


@pytest.mark.parametrize(
    ("line", "absent", "by_reasons"),
    [
        ("QS 25/27, phép 1", 2, 1),
        ("QS 25/27, phép 3", 2, 3),
        ("vắng 2, phép 1", 2, 1),
        ("đủ, ốm 1", 0, 1),
        ("không vắng, ốm 1", 0, 1),
        ("QS 25, phép 0", 2, 0),
    ],
)
def test_reasons_that_do_not_make_the_total_are_refused(
    line: str, absent: int, by_reasons: int
) -> None:
    with pytest.raises(AbsencesDoNotAddUpError) as refused:
        read(line)
    assert (refused.value.absent, refused.value.by_reasons) == (absent, by_reasons)


@pytest.mark.parametrize("line", ["QS 25/27", "QS 25, ổn định", "vắng 2", "2 vắng"])
def test_absences_without_their_reasons_are_asked(line: str) -> None:
    with pytest.raises(ReasonsMissingError) as asked:
        read(line)
    assert asked.value.absent == 2


@pytest.mark.parametrize(
    ("line", "absent"), [("QS 25/27, vắng 3, phép 3", 3), ("đủ 25/27, phép 2", 0)]
)
def test_a_total_that_contradicts_the_strength_is_refused(line: str, absent: int) -> None:
    with pytest.raises(AbsentContradictsPresentError) as refused:
        read(line)
    assert (refused.value.present, refused.value.establishment, refused.value.absent) == (
        25,
        27,
        absent,
    )


@pytest.mark.parametrize("line", ["", " \n", "...", "ổn định", "báo cáo", "ngày 14/3", "phép 0"])
def test_a_line_that_tells_no_strength_is_asked(line: str) -> None:
    with pytest.raises(StrengthMissingError):
        read(line)


def test_without_a_known_establishment_the_line_stands_on_its_own_figures() -> None:
    assert read("QS 25/27, phép 2", None).answers == {"absent": {"leave": 2}}
    assert read("QS 25, phép 2", None).answers == {"absent": {"leave": 2}}
    with pytest.raises(StrengthMissingError):
        read("QS 25", None)


def test_a_line_is_complete_when_every_field_was_stated() -> None:
    assert read("đủ, bình thường").is_complete(DUTY)
    assert read("đủ, không an toàn, ổn định").is_complete(DUTY)
    assert not read("QS 25/27, phép 1, ốm 1, ổn định").is_complete(DUTY)


def test_a_line_is_of_bounded_length_in_whatever_form_its_letters_come() -> None:
    longest = ("đủ, ổn định" + " " * LONGEST_LINE)[:LONGEST_LINE]
    assert read(unicodedata.normalize("NFD", longest)).answers == _FULL | _STABLE
    for text in (longest + " ", "đủ " * 1_000_000):
        with pytest.raises(LineTooLongError) as refused:
            read(text)
        assert refused.value.longest == LONGEST_LINE


@pytest.mark.parametrize(
    "text",
    [
        "QS 25/27, phép 1, ốm 1, ổn định",
        "qs bao nhiêu",
        "25/27",
        "đủ",
        "ổn định",
        "không an toàn",
        "vắng hai, phép 1",
        "v 2",
        "1 ốm rồi",
        "bc 27",
        "không vắng ai cả, bình thường",
        "QS " + "9" * 1000,
    ],
)
def test_an_attempt_at_a_line_is_known_as_one(text: str) -> None:
    assert looks_like_line(text, VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chào đồng chí",
        "báo cáo đồng chí",
        "vâng",
        "vang",
        "ok",
        "k",
        "sao v",
        "cho tôi hỏi cách dùng",
        "tôi đang đi học",
        "16h30 họp",
        "ngày mai có mặt nhé",
        "0905123456",
        "🙂",
    ],
)
def test_other_talk_is_not_taken_for_a_line(text: str) -> None:
    assert not looks_like_line(text, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "unit", "rest"),
    [
        ("Tam Thanh: QS 20/20", TAM_THANH, "QS 20/20"),
        ("tam thanh qs 20/20", TAM_THANH, "qs 20/20"),
        ("xã Tam Thanh - đủ", TAM_THANH, "đủ"),
        ("Tam Thăng\nđủ", TAM_THANG, "đủ"),
        ("tam-thang, đủ", TAM_THANG, "đủ"),
        ("hh đủ", HOA_HUONG, "đủ"),
        ("Phường Hoà Hương đủ", HOA_HUONG, "đủ"),
        ("P. Hòa Hương: đủ", HOA_HUONG, "đủ"),
        ("  Tam   Thanh  :  đủ ", TAM_THANH, "đủ "),
        ("Tam Thanh", TAM_THANH, ""),
        ("Tam Thanh -1 phép", TAM_THANH, "-1 phép"),
        ("Tam Thanh - 1 phép", TAM_THANH, "1 phép"),
        ("Tan Thanhh đủ", None, "Tan Thanhh đủ"),
        ("Tam Than đủ", None, "Tam Than đủ"),
        ("QS 25/27 Tam Thanh", None, "QS 25/27 Tam Thanh"),
        ("QS 25/27", None, "QS 25/27"),
        ("", None, ""),
    ],
)
def test_a_unit_in_front_is_taken_off_by_its_exact_name(
    text: str, unit: Unit | None, rest: str
) -> None:
    for form in ("NFC", "NFD"):
        found, left = split_unit(unicodedata.normalize(form, text), UNITS)
        assert (found, unicodedata.normalize("NFC", left)) == (unit, rest)


def test_the_longest_name_in_front_is_the_unit() -> None:
    short, long = Unit(1, "an", "An", "An"), Unit(2, "an-son", "phường An Sơn", "An Sơn")
    assert split_unit("An Sơn đủ", (short, long)) == (long, "đủ")
    assert split_unit("An đủ", (long, short)) == (short, "đủ")


def test_nothing_of_a_long_text_is_lost_behind_a_units_name() -> None:
    text = "Tam Thanh đủ" + "\u200b" * 4 * LONGEST_LINE + ", không an toàn"
    assert split_unit(text, UNITS) == (None, text)


def test_a_name_of_two_units_is_nobodys() -> None:
    twins = (Unit(1, "a", "An Sơn", "An Sơn"), Unit(2, "b", "An Son", "An Son"))
    assert split_unit("An Sơn: đủ", twins) == (None, "An Sơn: đủ")


def test_a_vocabulary_gives_a_word_one_meaning() -> None:
    with pytest.raises(ValueError, match="two meanings"):
        Vocabulary({"vắng": Term.ABSENT, "vâng": Reason("sick")})


_WORDS = {
    "leave": "phép",
    "short_leave": "tranh thủ",
    "sick": "ốm",
    "on_mission": "công tác",
    "studying": "học",
    "other": "khác",
}
_COUNTS = st.dictionaries(st.sampled_from(sorted(_WORDS)), st.integers(0, 1200))


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _unmarked(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


@unhurried
@given(
    counts=_COUNTS,
    present=st.integers(0, 2000),
    number=st.sampled_from([str, _thousands]),
    strength=st.sampled_from(["QS {}/{}", "quân số: {} / {}", "biên chế {1}, có mặt {0}"]),
    reason=st.sampled_from(["{} {}", "{}: {}", "{1} {0}", "{}={}", "{1} đồng chí {0}", "{} - {}"]),
    between=st.sampled_from([", ", "; ", "\n", ". ", " - ", ","]),
    form=st.sampled_from(
        [str, str.upper, _unmarked, lambda line: unicodedata.normalize("NFD", line)]
    ),
    known=st.booleans(),
    states=st.sampled_from(
        [
            ("", {}),
            ("an toàn", _SAFE),
            ("không an toàn", _UNSAFE),
            ("chưa ổn định", _UNSTABLE),
            ("bình thường", _SAFE | _STABLE),
        ]
    ),
)
def test_figures_that_fit_are_read_back_from_every_spelling(
    counts: Mapping[str, int],
    present: int,
    number: Callable[[int], str],
    strength: str,
    reason: str,
    between: str,
    form: Callable[[str], str],
    known: bool,
    states: tuple[str, Mapping[str, bool]],
) -> None:
    establishment = present + sum(counts.values())
    said = [strength.format(number(present), number(establishment))]
    said += [reason.format(_WORDS[key], number(count)) for key, count in counts.items()]
    # A comma without a space before a digit would make a decimal of two counts.
    assume(between != "," or not any(part[0].isdigit() for part in said))
    line = form(between.join([*said, states[0]]))
    kept = {key: count for key, count in counts.items() if count}
    assert read(line, establishment if known else None).answers == {"absent": kept, **states[1]}


_PIECES = st.sampled_from(
    [
        *("QS", "quân số", "có mặt", "đủ", "vắng", "v", "không", "k", "chưa", "có", "mất", "hết"),
        *("phép", "1 ốm", "học", "an toàn", "ổn định", "bình thường", "vấn đề", "vụ việc", "ngày"),
        *("25/27", "14/3", "1", "0", "-1", "16h30", "1.250", "1,5", ",", ";", ":", "-", "\n", "("),
        *("bc", "đồng chí", "biên chế", "\u0301", "\u202e", "\ud800", "²", "/", "=", ".", "\u2212"),
    ]
)
_TYPED = st.text() | st.lists(_PIECES, max_size=14).map(" ".join) | st.lists(_PIECES).map("".join)


@unhurried
@given(_TYPED, st.none() | st.integers(0, 40))
@example("v " * 250, 27)
@example("1 / " * 120, 27)
@example("-" * 500, 27)
@example("không " * 80, 27)
def test_whatever_is_typed_is_read_or_asked(text: str, establishment: int | None) -> None:
    assert looks_like_line(text, VOCABULARY) in {True, False}
    assert split_unit(text, UNITS)[0] in {None, *UNITS}
    try:
        line = read(text, establishment)
    except LineError:
        return
    assert set(line.answers) <= {"absent", "safety", "order"}
    assert all(count > 0 for count in line.answers["absent"].values())
    assert establishment is None or sum(line.answers["absent"].values()) <= establishment


def _outcome(text: str) -> TypedLine | tuple[type[LineError], dict[str, object]]:
    try:
        return read(text)
    except LineError as error:
        return type(error), vars(error)


@unhurried
@given(_TYPED)
def test_composed_and_decomposed_letters_are_one_line(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert _outcome(composed) == _outcome(unicodedata.normalize("NFD", text))


@unhurried
@given(
    st.sampled_from(["không", "ko", "k", "kg", "chưa", "hết", "chẳng", "khỏi", "không còn", "đâu"]),
    st.sampled_from(["an toàn", "ổn định", "bình thường", "anct ổn định", "tuyệt đối an toàn"]),
    st.sampled_from(["đủ, {} {}", "{} {}, đủ", "QS 27/27 {} {}", "đủ, {1} {0}", "đủ, {}-{}"]),
)
def test_no_denial_makes_anything_normal(denial: str, state: str, line: str) -> None:
    for text in (line.format(denial, state), _unmarked(line.format(denial, state))):
        outcome = _outcome(text)
        if isinstance(outcome, TypedLine):
            assert True not in outcome.answers.values()
