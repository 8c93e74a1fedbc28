"""The audit on real text: labelled sentences of real reports are the corpora, a part of them is audited by chance.

Needs gold/dev.csv (id, document, place, year, heading, text, theme) in the folder that ZHUTI_DATA names, and for the
last lines data/provincial_2025_docx with whole reports and data/hailar_district with those of one place's years.
"""

import math
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from marks import Mark, run

from zhuti.features import read_documents
from zhuti.models import classify, default_model
from zhuti.reports import compare, draw_sample, plan_sample
from zhuti.seeds import read_codebook

REPLICATIONS, LABELS = 100, 40
BOOK = read_codebook()
DATA = Path(os.environ.get("ZHUTI_DATA") or Path(__file__).parents[2] / ".." / "shared")


def read_corpus() -> pd.DataFrame:
    """Read and code the labelled sentences; their labels are in the column `label`."""
    gold = pd.read_csv(DATA / "gold" / "dev.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    gold = gold.rename(columns={"id": "sentence_id", "place": "district", "theme": "label"}).drop(columns="subtheme")
    return classify(gold.assign(kind="sentence"), default_model(progress=True))


def measure(replications: int, seed: int) -> Iterator[Mark]:
    """How often intervals hold the share of all labelled sentences of a place."""
    coded = read_corpus()
    truth = true_shares(coded, BOOK.policy_theme_ids)
    card = default_model().card
    yield Mark("real", "accuracy of themes", float((coded["theme"] == coded["label"]).mean()))
    counted = compare(coded, card=card, with_terms=False).shares
    yield Mark("real", "coverage without labels (36 intervals)", held(counted, truth).mean())
    for part in (0.3, 0.5):
        rng = np.random.default_rng(seed)
        shares = [
            compare(coded, audit=simple_sample(coded, part, rng), with_terms=False).shares for _ in range(replications)
        ]
        yield from _marks(shares, truth, f"{part:.0%} of the sentences labelled")
    plan = plan_sample(coded, size=len(coded) // 3)
    planned = []
    for number in range(replications):
        sample = draw_sample(coded, plan, random_state=seed + number).drop(columns=["theme"])
        audit = sample.merge(coded[["sentence_id", "label"]], on="sentence_id")
        planned.append(compare(coded, audit=audit, with_terms=False).shares)
    yield from _marks(planned, truth, "a third labelled as the planner says")
    half = np.mean([((s["high"] - s["low"]) / 2).groupby(s["group"]).max().mean() for s in planned])
    wanted = float(plan.groups["half_width"].mean())
    yield Mark("real", "planned half-width of each place's least known share, mean", wanted)
    yield Mark("real", "the same, realised over planned (intervals are cut off at 0 and 1)", float(half) / wanted)
    yield from whole_reports()
    yield from years_of_one_place()


def whole_reports() -> Iterator[Mark]:
    """Time shares with intervals of 31 whole reports, where they are at hand."""
    folder = DATA / "data" / "provincial_2025_docx"
    if not folder.is_dir():
        return
    model = default_model()
    corpus = read_documents(folder)
    start = time.process_time()
    coded = classify(corpus.sentences(), model)
    classified = time.process_time() - start
    start = time.process_time()
    shares = compare(coded, card=model.card, with_terms=False).shares
    seconds = time.process_time() - start
    rows = int(shares[["share", "low", "high"]].notna().all(axis=1).sum())
    yield Mark("real", f"shares with intervals of {shares['group'].nunique()} whole reports", rows, 124, 124)
    yield Mark("real", f"seconds to compare {len(coded)} units of them", seconds, high=10)
    yield Mark("real", "seconds to code them", classified)
    yield from halves_told_apart(coded[coded["kind"].eq("sentence")], model.card)


def years_of_one_place() -> Iterator[Mark]:
    """Hold the changes from one year's report of a place to the next against the chance of writing its sentences.

    Differences allow for this chance as if each sentence were drawn by itself. Were whole paragraphs drawn, shares
    would change by far more; were they settled beforehand, by less.
    """
    folder = DATA / "data" / "hailar_district"
    if not folder.is_dir():
        return
    coded = classify(read_documents(folder).sentences(), default_model()).query("kind == 'sentence'")
    unit = coded.groupby("document", group_keys=False)[["start", "end"]].apply(
        lambda year: pd.Series(_paragraphs(year), year.index)
    )
    coded = coded.assign(paragraph=unit).query("theme in @BOOK.policy_theme_ids")
    counts = coded.groupby(["year", "paragraph", "theme"]).size().unstack(fill_value=0)
    years = counts.groupby("year").sum()
    share = years.div(years.sum(axis=1), axis=0)
    mean = years.sum() / years.to_numpy().sum()
    off = counts - np.outer(counts.sum(axis=1), mean)
    chances = {
        "sentences": pd.DataFrame(np.outer(1 / years.sum(axis=1), mean * (1 - mean)), share.index, share.columns),
        "paragraphs": (off**2).groupby("year").sum().div(years.sum(axis=1) ** 2, axis=0),
    }
    for what, variance in chances.items():
        ratio = share.diff().iloc[1:] ** 2 / (variance + variance.shift()).iloc[1:]
        here = f"variance of changes over {len(years)} years of a place, over that of chance in its {what}"
        yield Mark("real", here, float(ratio.to_numpy().mean()))


def halves_told_apart(sentences: pd.DataFrame, card: Mapping[str, Any]) -> Iterator[Mark]:
    """How often two halves of one report are said to differ in any theme, without labels and with 40 a half.

    Whole reports have no labels: here they are drawn by the model's probabilities.
    """
    reports = [part for _, part in sentences.groupby("document")]
    for what, halve, draws, high in HALVES:
        rng = np.random.default_rng(0)
        told = np.array([_both_ways(report, halve(report, rng), card, rng) for report in reports for _ in range(draws)])
        for column, how in enumerate(("no labels", "40 labels a half")):
            here = f"halves of {len(reports)} reports that are said to differ, {what}, {how}"
            yield Mark("real", here, float(told[:, column].mean()), high=high)


def _paragraphs(report: pd.DataFrame) -> np.ndarray:
    # A sentence that does not begin where the one before it ends begins a paragraph.
    return np.cumsum(report["start"].to_numpy() > report["end"].shift(fill_value=0).to_numpy())


def _in_turn(report: pd.DataFrame, _: np.random.Generator) -> np.ndarray:
    return np.arange(len(report)) % 2 == 0


def _sentences(report: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    return rng.permutation(len(report)) % 2 == 0


def _by_paragraph(report: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    paragraph = _paragraphs(report)
    return (rng.permutation(paragraph.max() + 1) % 2 == 0)[paragraph]


def _begun(report: pd.DataFrame, _: np.random.Generator) -> np.ndarray:
    return np.arange(len(report)) < len(report) // 2


# How a report is halved, how often each is, and how often the halves may be said to differ. Paragraphs keep to a theme,
# and a report begins with other themes than it ends with: such halves are no equal ones.
HALVES = (
    ("sentence by sentence in turn", _in_turn, 1, 0.05),
    ("sentences drawn by lot", _sentences, 20, 0.05),
    ("paragraphs drawn by lot, each of them on its theme", _by_paragraph, 2, math.inf),
    ("the beginning and the end", _begun, 1, math.inf),
)


def _both_ways(
    report: pd.DataFrame, first: np.ndarray, card: Mapping[str, Any], rng: np.random.Generator
) -> tuple[bool, bool]:
    # Without texts and subthemes nothing but shares and differences is worked out.
    halves = report.drop(columns=["text", "subtheme"]).assign(half=np.where(first, "first", "second"))
    labels = halves.groupby("half", group_keys=False).sample(LABELS, random_state=int(rng.integers(2**31)))
    chance = labels[[f"p_{theme}" for theme in BOOK.theme_ids]].to_numpy()
    drawn = (chance.cumsum(axis=1) > rng.random((len(labels), 1)) * chance.sum(axis=1, keepdims=True)).argmax(axis=1)
    audit = labels[["sentence_id"]].assign(
        label=np.array(BOOK.theme_ids)[drawn],
        inclusion_probability=LABELS / halves.groupby("half")["half"].transform("size").loc[labels.index],
    )
    without, with_labels = (
        compare(halves, by="half", with_terms=False, **evidence) for evidence in ({"card": card}, {"audit": audit})
    )
    return tuple(bool((found.differences["verdict"] != "cannot tell").any()) for found in (without, with_labels))


def true_shares(coded: pd.DataFrame, themes: tuple[str, ...]) -> pd.Series:
    """Shares of the labels among sentences with a policy theme."""
    counts = coded[coded["label"].isin(themes)].groupby(["district", "label"]).size()
    return counts / counts.groupby("district").transform("sum")


def simple_sample(coded: pd.DataFrame, part: float, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the same part of every place by simple random sampling."""
    rows = []
    for _, place in coded.groupby("district"):
        n = max(round(part * len(place)), 2)
        rows.append(place.sample(n, random_state=int(rng.integers(2**31))).assign(inclusion_probability=n / len(place)))
    return pd.concat(rows)[["sentence_id", "label", "inclusion_probability"]]


def held(shares: pd.DataFrame, truth: pd.Series) -> np.ndarray:
    """Tell which intervals hold the true share."""
    true = truth.reindex(pd.MultiIndex.from_frame(shares[["group", "theme"]])).fillna(0.0).to_numpy()
    return np.asarray((shares["low"].to_numpy() <= true + 1e-9) & (true - 1e-9 <= shares["high"].to_numpy()))


def _marks(shares: list[pd.DataFrame], truth: pd.Series, what: str) -> Iterator[Mark]:
    inside = np.array([held(table, truth) for table in shares])
    width = np.mean([(table["high"] - table["low"]).mean() for table in shares])
    yield Mark("real", f"coverage, {what}", inside.mean(), 0.92, 0.99)
    yield Mark("real", f"mean width, {what}", float(width))
    themes = shares[0]["theme"].to_numpy()
    for theme in dict.fromkeys(themes):
        yield Mark("real", f"coverage of {theme}, {what}", inside[:, themes == theme].mean())


if __name__ == "__main__":
    if not (DATA / "gold" / "dev.csv").is_file():
        print(f"left out: there is no {DATA / 'gold' / 'dev.csv'}; name its folder in ZHUTI_DATA")
        sys.exit(0)
    sys.exit(run(measure, REPLICATIONS, part="real"))
