import pandas as pd
import pyarrow as pa
import pytest

from zhuti.errors import TableError
from zhuti.models import TrainedModel, classify, classify_batch


def test_rows_order_and_columns_are_kept(model: TrainedModel) -> None:
    table = pd.DataFrame(
        {"note": [1, 2, 3], "text": ["新建小学。", "", "引进项目。"], "theme": ["x", "y", "z"]}, index=[5, 3, 9]
    )
    coded = classify(table, model)
    assert coded.index.tolist() == [5, 3, 9]
    assert coded["note"].tolist() == [1, 2, 3]
    assert coded["theme"].tolist()[::2] == ["livelihood", "industry"]
    assert list(coded)[:6] == ["note", "text", "theme", "subtheme", "secondary", "probability"]
    probabilities = coded[[f"p_{theme}" for theme in model.codebook.theme_ids]]
    assert probabilities.sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-5)
    assert coded["probability"].tolist() == probabilities.max(axis=1).tolist()


def test_an_empty_table_stays_empty(model: TrainedModel) -> None:
    coded = classify(pd.DataFrame({"text": []}), model)
    assert len(coded) == 0
    assert "p_urban" in coded


def test_a_table_without_text_is_refused(model: TrainedModel) -> None:
    with pytest.raises(TableError, match="lacks the column text; it has a"):
        classify(pd.DataFrame({"a": [1]}), model)


def test_a_batch_keeps_its_columns(model: TrainedModel) -> None:
    batch = pa.table({"text": ["新建小学。"], "document": ["d"]})
    coded = classify_batch(batch, model)
    assert coded.column_names[:3] == ["text", "document", "theme"]
    assert classify_batch(batch, model).equals(coded)
