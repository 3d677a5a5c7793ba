from tests.builders import texts


def test_a_toast_tells_the_establishment_only_where_strength_is_told_in_heads() -> None:
    assert texts().above_establishment(27) == "Tổng vắng không thể quá biên chế (27)."
    assert texts(in_percent=True).above_establishment(27) == "Tổng vắng không thể quá biên chế."
