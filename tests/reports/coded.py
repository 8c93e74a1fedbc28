"""Coded sentences made up from the seed article, for tests of charts and pages: no classifier is needed."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from zhuti.reports.comparison import Comparison, compare
from zhuti.reports.facts import ReportFacts
from zhuti.reports.writing import gather_facts
from zhuti.seeds import Codebook, read_codebook, seed_path
from zhuti.seeds.codebook import Language

PLACES = ("张店区", "淄川区", "博山区", "临淄区", "周村区", "桓台县", "高青县", "沂源县")


def coded_sentences(
    groups: Sequence[str] = PLACES[:2],
    *,
    size: int = 30,
    years: Sequence[int] = (2024,),
    codebook: Codebook | None = None,
) -> pd.DataFrame:
    """Make a coded sentence table: `size` sentences a group and year, shares that differ between groups."""
    book = codebook or read_codebook()
    rng = np.random.default_rng(7)
    article = next(seed_path("documents").glob("*.txt")).read_text(encoding="utf-8")
    pool = re.findall(r"[^。！？；\n]{8,}[。；]", article)
    themes = list(book.theme_ids)
    rows = []
    for group in groups:
        base = rng.dirichlet(np.full(len(themes), 6.0))
        for year in years:
            for position in range(size + 1):
                theme = themes[int(rng.choice(len(themes), p=base))]
                leaves = [code for code, parent in book.parents.items() if parent == theme]
                probability = rng.dirichlet(np.where(np.array(themes) == theme, 8.0, 0.5))
                probability = np.where(np.array(themes) == theme, probability.max() + 1, probability)
                probability /= probability.sum()
                text = pool[int(rng.integers(len(pool)))]
                rows.append(
                    {
                        "sentence_id": f"{group}-{year}:{position:04d}",
                        "document": f"{group}-{year}",
                        "district": group,
                        "year": year,
                        "genre": "访谈",
                        "position": position,
                        "start": position * 100,
                        "end": position * 100 + len(text),
                        "spans": f"{position * 100}-{position * 100 + len(text)}",
                        "heading": "一、工作回顾 / （一）经济",
                        "kind": "sentence" if position else "title",
                        "text": text,
                        "theme": theme if position else book.other,
                        "subtheme": leaves[int(rng.integers(len(leaves)))] if position else "framing",
                        "secondary": themes[(themes.index(theme) + 1) % min(4, len(themes))]
                        if rng.random() < 0.1
                        else "",
                        "probability": float(probability.max()),
                        **{f"p_{name}": float(p) for name, p in zip(themes, probability, strict=True)},
                        "terms": " ".join(re.findall(r"[\u4e00-\u9fff]{2}", text)[:3]),
                    }
                )
    frame = pd.DataFrame(rows)
    return frame.astype({"year": "Int64"})


def model_card(codebook: Codebook | None = None) -> dict[str, object]:
    """Make the card of a model that is right nine times in ten."""
    n = len((codebook or read_codebook()).theme_ids)
    confusion = np.full((n, n), 10.0 / (n - 1)) + np.eye(n) * 90
    counts = {
        f"d{i}": {"truth": [20 + i % 3] * n, "predicted": [20 + (i + j) % 3 for j in range(n)]} for i in range(12)
    }
    return {
        "format": 1,
        "name": "context",
        "trained_on": "80 documents",
        "n_sentences": 4200,
        "confusion": confusion.round().astype(int).tolist(),
        "document_counts": counts,
        "scores": {
            "accuracy": 0.902,
            "macro_f1": 0.871,
            "subtheme_accuracy": 0.78,
            "expected_calibration_error": 0.021,
        },
    }


def comparison_of(coded: pd.DataFrame, **options: object) -> Comparison:
    """Compare made-up sentences with the made-up card."""
    return compare(coded, card=model_card(), **options)  # type: ignore[arg-type]


def report_facts(groups: Sequence[str] = PLACES[:2], *, lang: Language = "zh", **made: object) -> ReportFacts:
    """Gather facts of made-up sentences."""
    coded = coded_sentences(groups, **made)  # type: ignore[arg-type]
    return gather_facts(
        comparison_of(coded),
        coded,
        lang=lang,
        card=model_card(),
        versions={"zhuti": "0.1.0", "python": "3.11", "scikit-learn": "1.6", "jieba": "0.42.1"},
    )
