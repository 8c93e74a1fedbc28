import numpy as np
from sklearn.linear_model import LogisticRegression

from zhuti.models.softmax import fit_softmax, softmax


def test_it_finds_what_scikit_learn_finds() -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(80, 6)).astype(np.float32)
    y = (X[:, 0] + random.normal(size=80) > 0).astype(int) + (X[:, 1] > 0.5)
    weights = random.uniform(0.5, 2, size=80)
    coefficients = fit_softmax(lambda a: X @ (X.T @ a), np.eye(3, dtype=np.float32)[y], weights, C=2.0, tol=1e-4)
    reference = LogisticRegression(C=2.0, fit_intercept=False, tol=1e-8, max_iter=1000).fit(X, y, sample_weight=weights)
    np.testing.assert_allclose(softmax(X @ (X.T @ coefficients)), reference.predict_proba(X), atol=2e-3)


def test_a_row_of_weight_nothing_takes_no_part() -> None:
    X = np.eye(4, dtype=np.float32)
    targets = np.eye(2, dtype=np.float32)[[0, 1, 0, 1]]
    coefficients = fit_softmax(lambda a: X @ (X.T @ a), targets, np.array([1, 1, 0, 1.0]))
    assert (coefficients[2] == 0).all()
    assert (coefficients[1] != 0).all()
