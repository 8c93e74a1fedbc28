"""Support vector machines, and the probabilities made of their decisions."""

import numpy as np
import pytest
from scipy import sparse

from zhuti.errors import ModelError
from zhuti.models import ThemeClassifier
from zhuti.models.margins import fit_margins, fit_sharpness

TEXTS = ["新建小学两所。", "新建中学一所。", "招聘教师三名。", "引进项目三个。", "签约项目九个。", "招商引资五次。"]
THEMES = ["livelihood"] * 3 + ["industry"] * 3


def draw_rows(n: int = 90) -> tuple[sparse.csr_array, np.ndarray]:
    random = np.random.default_rng(5)
    classes = np.arange(n) % 3
    return sparse.csr_array((np.eye(3)[classes] + random.normal(0, 0.3, (n, 3))).astype(np.float32)), classes


def test_machines_tell_classes_apart_and_rows_of_weight_0_take_no_part() -> None:
    rows, classes = draw_rows()
    wrong = np.where(np.arange(90) < 30, (classes + 1) % 3, classes)
    weights, bias = fit_margins(rows, wrong, (np.arange(90) >= 30).astype(float), np.ones(3), C=1.0)
    assert ((rows @ weights + bias).argmax(axis=1) == classes).mean() > 0.95


@pytest.mark.parametrize("seen", [(0,), (0, 2)])
def test_a_class_that_is_left_out_is_decided_against(seen: tuple[int, ...]) -> None:
    rows, classes = draw_rows()
    weights, bias = fit_margins(rows, classes, np.isin(classes, seen).astype(float), np.ones(3), C=1.0)
    decisions = (rows @ weights + bias)[np.isin(classes, seen)]
    assert (decisions.argmax(axis=1) == classes[np.isin(classes, seen)]).mean() > 0.95
    np.testing.assert_array_equal(decisions[:, 1], -1)


def test_sharpness_calibrates_and_has_an_end_where_nothing_is_wrong() -> None:
    random = np.random.default_rng(3)
    likely = random.dirichlet(np.ones(3), 4000)
    truth = np.array([random.choice(3, p=row) for row in likely])
    assert fit_sharpness(np.log(likely) / 4, truth) == pytest.approx(4, rel=0.1)
    classes = np.arange(60) % 3
    clean = np.where(np.eye(3)[classes] > 0, 1.0, -1.0)
    assert fit_sharpness(clean, classes) < 5


def test_the_loss_is_logistic_with_terms_and_squared_hinge_without() -> None:
    terms = (("教师", "livelihood", ()),)
    for given, same, other in (
        ({}, "squared_hinge", "logistic"),
        ({"terms": terms, "words": 1.0}, "logistic", "squared_hinge"),
    ):
        default, named, unlike = (
            ThemeClassifier(**given, **loss).fit(TEXTS, THEMES).coder_.weights
            for loss in ({}, {"loss": same}, {"loss": other})
        )
        np.testing.assert_array_equal(default, named)
        assert np.abs(default - unlike).max() > 1e-3


def test_an_unknown_loss_is_named() -> None:
    with pytest.raises(ModelError, match="loss 'hinge' is not known; there are logistic and squared_hinge"):
        ThemeClassifier(loss="hinge").fit(TEXTS, THEMES)
