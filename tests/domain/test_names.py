import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.names import fold
from tests.domain.examples import unhurried

_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐ"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff"
_typed = st.text() | st.text(st.sampled_from(_VIETNAMESE + "bcdghklmnpqrstvx -_" + _INVISIBLE))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Tân Thạnh", "tan thanh"),
        ("TÂN THẠNH", "tan thanh"),
        ("tan thanh", "tan thanh"),
        ("Đại đội", "dai doi"),
        ("đồng chí", "dong chi"),
        ("Ưu tú", "uu tu"),
        ("  Tân \t\n Thạnh ", "tan thanh"),
        ("Tân\u00a0Thạnh", "tan thanh"),
        ("tan-thanh", "tan thanh"),
        ("tan_thanh", "tan thanh"),
        ("Trung đội 3", "trung doi 3"),
        ("yên", "yen"),
        ("Ý Yên", "y yen"),
        ("Huy", "huy"),
        ("", ""),
        ("\u200b\u200f", ""),
    ],
)
def test_folding_drops_what_a_hurried_thumb_leaves_out(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Hương", "Hoà Hương"),
        ("Phước Hòa", "Phước Hoà"),
        ("Thủy", "Thuỷ"),
        ("Tam Kỳ", "Tam Kì"),
        ("An Mỹ", "An Mĩ"),
        ("Lý", "Lí"),
        ("QUỲNH", "quỳnh"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("mark", _INVISIBLE + "\x00\x07\u00ad")
@pytest.mark.parametrize("place", [0, 2, 9])
def test_what_cannot_be_seen_does_not_make_another_name(mark: str, place: int) -> None:
    name = "Tân Thạnh"
    assert fold(name[:place] + mark + name[place:]) == fold(name)


@pytest.mark.parametrize("mark", _INVISIBLE)
def test_a_mark_between_a_letter_and_its_accent_changes_nothing(mark: str) -> None:
    assert fold(f"Ky{mark}\u0300") == fold("Kỳ")


def test_names_two_letters_apart_stay_apart() -> None:
    names = ("Tân Thạnh", "Tam Thanh", "Tam Thăng", "Tân Thanh", "Tam Phú", "An Phú")
    assert {fold(name) for name in names} == {
        "tan thanh",
        "tam thanh",
        "tam thang",
        "tam phu",
        "an phu",
    }


@unhurried
@given(_typed)
def test_composed_and_decomposed_letters_fold_alike(typed: str) -> None:
    assert fold(unicodedata.normalize("NFC", typed)) == fold(unicodedata.normalize("NFD", typed))


@unhurried
@given(_typed)
@example("\U0001d16d\u200d\u302e")  # two marks that stand in another order once nothing parts them
@example("kÿ\u200f")
def test_folding_what_is_folded_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@unhurried
@given(_typed)
def test_case_does_not_matter_to_vietnamese_letters(typed: str) -> None:
    vietnamese = "".join(c for c in typed if c in _VIETNAMESE + " ")
    assert fold(vietnamese.upper()) == fold(vietnamese)
