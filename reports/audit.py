"""Read a labelled sample back: every fault gets a line, and nothing is dropped silently."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from zhuti.errors import CodebookError, TableError
from zhuti.features import read_table
from zhuti.seeds import Codebook, read_codebook

# Faults of one kind that are listed one by one; the rest is counted.
MOST_LINES = 8


@dataclass(frozen=True)
class Audit:
    """Labels of a chance sample, ready for `compare`.

    Attributes
    ----------
    labels : DataFrame
        sentence_id, label, subtheme (only where every row has one), inclusion_probability.
    notes : tuple of str
        What was noticed and how it was dealt with, a line each.
    """

    labels: pd.DataFrame
    notes: tuple[str, ...]


def read_audit(source: Path | str | pd.DataFrame, coded: pd.DataFrame, codebook: Codebook | None = None) -> Audit:
    """Read a sample that was labelled by hand and hold it against the corpus it was drawn from.

    Rows that are not labelled yet are left out, with a note: the rows of a sample stand in random order, so the
    part that is done is a chance sample as well, and its inclusion probabilities shrink accordingly.

    Parameters
    ----------
    source : path, str or DataFrame
        The file of `zhuti sample`, its column `theme` filled in.
    coded : DataFrame
        The sentence table of the corpus.
    codebook : Codebook, optional

    Returns
    -------
    Audit

    Raises
    ------
    TableError
        When a theme is unknown, a text was changed, an id is missing, unknown or doubled with another label, an
        inclusion probability is missing, or the sentences were not chosen by chance. Each fault has a line.
    """
    codebook = codebook or read_codebook()
    table = source if isinstance(source, pd.DataFrame) else read_table(source)
    name = "audit" if isinstance(source, pd.DataFrame) else Path(source).name
    table = _with_columns(table, name)
    _refuse_chosen(table, name)
    table, faults = _coded_labels(table, codebook)
    faults += _misplaced(table, coded)
    done = table[table["label"].ne("") | table["_bad"]]
    faults += _doubled(done)
    done = done[done["label"].ne("")]
    share = done["inclusion_probability"]
    faults += _lines(
        done[~share.between(0.0, 1.0, inclusive="right")], "has no inclusion_probability over 0 and up to 1"
    )
    if faults:
        raise TableError("\n".join(f"{name}: {fault}" for fault in faults))
    if done.empty:
        raise TableError(f"{name}: no row is labelled yet; fill in the column theme")
    notes = _unfinished(table, name)
    twice = done.duplicated("sentence_id")
    notes += [f"{name}: {line}" for line in _lines(done[twice], "repeats a sentence with the same label; counted once")]
    labels = done.loc[~twice, ["sentence_id", "label", "subtheme", "inclusion_probability"]].copy()
    labels["inclusion_probability"] *= len(done) / len(table)
    if labels["subtheme"].eq("").any():
        notes += [f"{name}: subthemes are counted, not audited: the column subtheme is not filled in throughout"]
        labels = labels.drop(columns="subtheme")
    return Audit(labels.reset_index(drop=True), tuple(notes))


def _with_columns(table: pd.DataFrame, name: str) -> pd.DataFrame:
    missing = [column for column in ("sentence_id", "theme", "inclusion_probability") if column not in table]
    if missing:
        raise TableError(
            f"{name}: an audit needs the column {', '.join(missing)}, as zhuti sample --design audit writes it: "
            "without knowing how sentences were chosen, no interval holds"
        )
    table = table.copy()
    for column in ("sentence_id", "theme", "subtheme", "text", "design"):
        given = table[column] if column in table else pd.Series("", index=table.index)
        table[column] = given.astype("string").fillna("").str.strip().astype(object)
    table["inclusion_probability"] = pd.to_numeric(table["inclusion_probability"], errors="coerce")
    table["row"] = np.arange(2, len(table) + 2)
    empty = table["sentence_id"].eq("") & table["theme"].eq("") & table["text"].eq("")
    return table[~empty]


def _refuse_chosen(table: pd.DataFrame, name: str) -> None:
    chosen = sorted(set(table["design"]) - {"audit", ""})
    if chosen:
        raise TableError(
            f"{name}: REFUSED as an audit: these sentences were chosen with --design {', '.join(chosen)}, because the "
            "classifier finds them hard, so shares estimated from them would be wrong; train with them (zhuti train), "
            "and draw an audit with zhuti sample --design audit"
        )


def _coded_labels(table: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, list[str]]:
    faults: list[str] = []
    themes, leaves, bad = [], [], []
    for row in table[["row", "theme", "subtheme"]].to_dict("records"):
        found = {"theme": "", "subtheme": ""}
        wrong = False
        for column, find in (("theme", codebook.theme_of), ("subtheme", codebook.subtheme_of)):
            try:
                found[column] = find(row[column]) if row[column] else ""
            except CodebookError as error:
                faults.append(f"row {row['row']}: {error}")
                wrong = True
        if found["subtheme"] and found["theme"] and codebook.parents[found["subtheme"]] != found["theme"]:
            faults.append(
                f"row {row['row']}: the subtheme {found['subtheme']} is not one of the theme {found['theme']}"
            )
            wrong = True
        themes.append(found["theme"] or codebook.parents.get(found["subtheme"], ""))
        leaves.append(found["subtheme"])
        bad.append(wrong)
    return table.assign(label=themes, subtheme=leaves, _bad=bad), _shortened(faults)


def _misplaced(table: pd.DataFrame, coded: pd.DataFrame) -> list[str]:
    faults = _lines(table[table["sentence_id"].eq("")], "has no sentence_id; copy it from the sample")
    named = table[table["sentence_id"].ne("")]
    corpus = coded.drop_duplicates("sentence_id").set_index("sentence_id")
    known = named["sentence_id"].isin(corpus.index)
    for_all = "names the sentence {}, which is not in this corpus; give the documents that were sampled"
    faults += _shortened(
        [f"row {r}: {for_all.format(i)}" for r, i in named.loc[~known, ["row", "sentence_id"]].to_numpy()]
    )
    here = named[known]
    there = corpus.loc[here["sentence_id"], "text"].map(_bare).to_numpy()
    changed = (here["text"].map(_bare).to_numpy() != there) & here["text"].ne("").to_numpy()
    faults += _lines(here[changed], "has another text than the corpus; leave texts as they are, or sample anew")
    if "kind" in corpus:
        apart = corpus.loc[here["sentence_id"], "kind"].ne("sentence").to_numpy()
        faults += _lines(here[apart], "is no sentence of running text (a title, a heading …) and enters no share")
    return faults


def _doubled(done: pd.DataFrame) -> list[str]:
    labels = done[done["sentence_id"].ne("")].groupby("sentence_id")["label"].transform("nunique")
    return _lines(
        done.loc[labels.index[labels > 1]], "codes a sentence that another row codes otherwise; settle it (zhuti agree)"
    )


def _unfinished(table: pd.DataFrame, name: str) -> list[str]:
    blank = table["label"].eq("")
    if not blank.any():
        return []
    labelled = (table.sort_values("order") if "order" in table else table)["label"].ne("").to_numpy()
    skipped = int((~labelled[: np.flatnonzero(labelled)[-1]]).sum())
    notes = [f"{name}: {int(blank.sum())} of {len(table)} rows are not labelled yet and are left out"]
    if skipped:
        notes.append(
            f"{name}: {skipped} rows between labelled ones were skipped; if they were skipped because they are hard, "
            "the shares lean: label them, with theme other where there is no policy object"
        )
    return notes


def _bare(text: object) -> str:
    return "".join(str(text).lstrip("'").split())


def _lines(rows: pd.DataFrame, fault: str) -> list[str]:
    return _shortened([f"row {row} {fault}" for row in rows["row"]])


def _shortened(lines: list[str]) -> list[str]:
    return (
        lines
        if len(lines) <= MOST_LINES
        else [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} rows more like these"]
    )
