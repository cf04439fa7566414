"""The figures of `make bench-search`, by examples worked by hand."""

from math import log2

import pytest
from bench.search.metrics import gain, ndcg, recall, success

GRADES = {"a": 3, "b": 2, "c": 1}


def test_grades_three_two_one_are_worth_seven_three_one():
    assert [gain(grade) for grade in (3, 2, 1, 0)] == [7, 3, 1, 0]


def test_the_best_order_has_one():
    assert ndcg(["a", "b", "c"], GRADES) == pytest.approx(1.0)


def test_a_wrong_result_on_top_costs_as_much_as_it_pushes_the_others_down():
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)  # 9.393
    assert ndcg(["x", "a", "b", "c"], GRADES) == pytest.approx(
        (7 / log2(3) + 3 / log2(4) + 1 / log2(5)) / best
    )  # 0.676
    assert ndcg(["x", "a", "b", "c"], GRADES) == pytest.approx(0.676, abs=0.001)


def test_the_wrong_way_round_is_less_than_the_best_order_and_more_than_nothing():
    # 1 + 3/1.585 + 7/2 = 6.393, of 9.393
    assert ndcg(["c", "b", "a"], GRADES) == pytest.approx(0.681, abs=0.001)
    assert ndcg([], GRADES) == 0


def test_only_the_first_ten_count():
    late = [f"x{number}" for number in range(10)] + ["a"]
    assert ndcg(late, GRADES) == 0
    assert recall(late, GRADES) == 0


def test_the_best_order_is_cut_at_ten_as_well():
    twelve = {f"o{number}": 1 for number in range(12)}
    assert ndcg(list(twelve)[:10], twelve) == pytest.approx(1.0)


def test_recall_counts_the_good_and_just_right_ones_alone():
    assert recall(["b", "c", "x"], GRADES) == 0.5
    assert recall(["a", "b"], GRADES) == 1


def test_success_asks_for_one_good_answer_in_three():
    assert success(["x", "y", "b"], GRADES) == 1
    assert success(["x", "y", "c", "a"], GRADES) == 0


def test_a_question_that_nothing_answers_has_no_figure():
    with pytest.raises(ValueError, match="no answer has a grade"):
        ndcg(["a"], {})
    with pytest.raises(ValueError, match="no answer is good"):
        recall(["a"], {"a": 1})
