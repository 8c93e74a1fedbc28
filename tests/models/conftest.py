"""A small corpus of two themes with two subthemes each, and a model trained on it."""

import pandas as pd
import pytest

from zhuti.models import TrainedModel, train
from zhuti.seeds import read_codebook

_SENTENCES = {
    "education": ["新建小学{}所。", "引进教师{}名。", "改造校舍{}处。", "普及高中教育{}年。", "新增学位{}个。"],
    "health": ["新建医院{}所。", "引进医生{}名。", "改造卫生室{}处。", "接种疫苗{}剂。", "新增床位{}张。"],
    "structure": ["新建工厂{}座。", "制造业增长{}%。", "培育产业集群{}个。", "钢铁产量{}万吨。", "装备制造{}亿元。"],
    "investment": ["引进项目{}个。", "招商引资{}亿元。", "园区签约{}家。", "外资到位{}万美元。", "开工项目{}个。"],
}


@pytest.fixture(scope="session")
def labels() -> pd.DataFrame:
    book, rows = read_codebook(), []
    for number in range(6):
        for subtheme, patterns in _SENTENCES.items():
            for place, pattern in enumerate(patterns):
                text = pattern.format(number * 7 + place)
                second = "urban" if subtheme == "education" and place == 2 else ""
                rows.append((f"d{number}", "", "sentence", text, book.parents[subtheme], subtheme, second))
    return pd.DataFrame(rows, columns=["document", "heading", "kind", "text", "theme", "subtheme", "secondary"])


@pytest.fixture(scope="session")
def terms() -> pd.DataFrame:
    return pd.DataFrame({"term": ["教师", "疫苗", "招商引资"], "code": ["education", "health", "investment"]})


@pytest.fixture(scope="session")
def model(labels: pd.DataFrame, terms: pd.DataFrame) -> TrainedModel:
    return train(labels, terms=terms)
