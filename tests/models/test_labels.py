from pathlib import Path

import pandas as pd
import pytest

from zhuti.errors import TableError
from zhuti.models import read_labels


def table(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": ["新建小学。", "引进项目。"], "theme": ["livelihood", "industry"]} | columns)


def test_missing_columns_are_filled() -> None:
    labels = read_labels(table())
    assert labels["subtheme"].tolist() == ["livelihood", "industry"]
    assert labels["document"].tolist() == ["row 0", "row 1"]
    assert labels["kind"].tolist() == ["sentence", "sentence"]


def test_names_and_subthemes_become_identifiers() -> None:
    labels = read_labels(table(theme=["民生保障", ""], subtheme=["education", "industry/investment"], note=["a", "b"]))
    assert labels["theme"].tolist() == ["livelihood", "industry"]
    assert labels["subtheme"].tolist() == ["education", "investment"]
    assert labels["note"].tolist() == ["a", "b"]


def test_a_file_is_read(tmp_path: Path) -> None:
    table().to_csv(tmp_path / "labels.csv", index=False)
    assert len(read_labels(tmp_path / "labels.csv")) == 2


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"theme": ["livelihood", "sports"]}, "row 2: theme 'sports' is not in the codebook"),
        ({"subtheme": ["investment", "investment"]}, "row 1 has a subtheme of another theme"),
        ({"text": ["新建小学。", " "]}, "row 2 has no text"),
        ({"theme": ["livelihood", ""]}, "row 2 has no theme"),
        ({"secondary": ["livelihood", "-"]}, "row 1 has its own theme as the second one"),
    ],
)
def test_faults_are_named_with_their_rows(columns: dict[str, list[str]], words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_labels(table(**columns))


def test_missing_columns_are_named() -> None:
    with pytest.raises(TableError, match="need the columns text and theme; there are a"):
        read_labels(pd.DataFrame({"a": ["x"]}))
