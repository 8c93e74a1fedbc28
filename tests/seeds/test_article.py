"""The default classifier codes the seed article as an independent coder did."""

import pandas as pd

import zhuti
from zhuti.seeds import seed_path


def test_themes_agree_with_an_independent_coding() -> None:
    coding = zhuti.read_table(seed_path("seed_article.csv"))
    coded = zhuti.classify(zhuti.read_documents(seed_path("documents")).sentences(), zhuti.default_model())
    assert coded["text"].tolist() == coding["text"].tolist()
    agree = pd.Series(coded["theme"].tolist()) == pd.Series(coding["theme"].tolist())
    assert agree.mean() >= 0.90
