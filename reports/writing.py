"""Write a report to a folder: page, tables, charts, and what is needed to repeat it; whole or not at all."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from zhuti.features import write_table
from zhuti.files import whole_folder
from zhuti.reports.charts import render_charts
from zhuti.reports.charts_similarity import place_groups
from zhuti.reports.comparison import Comparison
from zhuti.reports.facts import ReportFacts
from zhuti.reports.page import render_page
from zhuti.reports.target_tables import count_targets
from zhuti.reports.targets import find_targets
from zhuti.reports.wordfile import write_word
from zhuti.reports.wording import mixture_of, terms_within
from zhuti.reports.workbook import write_workbook
from zhuti.seeds import Codebook, read_codebook
from zhuti.seeds.codebook import Language

# Digits that tables keep: more are noise, and differ from machine to machine.
_DIGITS = 6


def gather_facts(
    comparison: Comparison,
    coded: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    documents: pd.DataFrame | None = None,
    card: Mapping[str, Any] | None = None,
    lang: Language = "zh",
    options: Mapping[str, Any] | None = None,
    versions: Mapping[str, str] | None = None,
    font: Path | str | None = None,
) -> ReportFacts:
    """Gather what a report is written from; what is not given is left empty."""
    targets = find_targets(coded) if "text" in coded else pd.DataFrame()
    return ReportFacts(
        comparison=comparison,
        coded=coded,
        codebook=codebook or read_codebook(),
        lang=lang,
        documents=documents if documents is not None else pd.DataFrame(),
        card=card or {},
        terms=comparison.terms,
        targets=targets,
        target_counts=_target_counts(targets, coded, comparison),
        places=place_groups(comparison.distances, comparison.groups),
        terms_within=terms_within(coded, comparison),
        mixture=mixture_of(coded, comparison),
        options=options or {},
        versions=versions or software_versions(),
        font=Path(font) if font else None,
    )


def _target_counts(targets: pd.DataFrame, coded: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    if targets.empty or targets["sentence_id"].isna().all():
        return pd.DataFrame()
    counts = count_targets(coded, targets, by=comparison.columns)
    return counts[counts["theme"].isin(comparison.themes)].reset_index(drop=True)


def render_report(comparison: Comparison, coded: pd.DataFrame, *, lang: Language = "zh", **known: Any) -> str:
    """Return a report as one HTML page that asks for nothing outside.

    Parameters
    ----------
    comparison : Comparison
    coded : DataFrame
        The sentence table that was compared.
    lang : {'zh', 'en'}
    **known
        codebook, documents, card, options, versions, font: what the method section tells of the run.

    Returns
    -------
    str
    """
    facts = gather_facts(comparison, coded, lang=lang, **known)
    return render_page(facts, list(render_charts(facts)), files=False)


def write_report(
    comparison: Comparison,
    coded: pd.DataFrame,
    folder: Path | str,
    *,
    lang: Language = "zh",
    run: Mapping[str, Any] | None = None,
    **known: Any,
) -> Path:
    """Write a report to a folder: `report.html`, a CSV a table, `charts/` and `run.json`.

    Parameters
    ----------
    comparison : Comparison
    coded : DataFrame
        The sentence table that was compared.
    folder : path or str
        Files of other names in it are kept.
    lang : {'zh', 'en'}
    run : mapping, optional
        What `run.json` is to hold.
    **known
        codebook, documents, card, options, versions, font.

    Returns
    -------
    Path
        Where the page lies.
    """
    facts = gather_facts(comparison, coded, lang=lang, **known)
    folder = Path(folder)
    with whole_folder(folder) as stage:
        write_files(facts, stage, run or {"versions": dict(facts.versions), "options": dict(facts.options)})
    return folder / "report.html"


def write_files(facts: ReportFacts, folder: Path, run: Mapping[str, Any]) -> None:
    """Write all files of a report into an empty folder."""
    tables = report_tables(facts)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    write_workbook(tables, folder / "tables.xlsx")
    charts = folder / "charts"
    charts.mkdir()
    pictures = []
    for picture in render_charts(facts):
        (charts / f"{picture.name}.png").write_bytes(picture.png)
        (charts / f"{picture.name}.svg").write_text(picture.svg, encoding="utf-8", newline="\n")
        pictures.append(picture)
    (folder / "report.html").write_text(render_page(facts, pictures), encoding="utf-8", newline="\n")
    write_word(facts, pictures, folder / "report.docx")
    text = json.dumps(run, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def report_tables(facts: ReportFacts) -> dict[str, pd.DataFrame]:
    """Return the tables that a report writes, by name; empty ones only where every report has them."""
    tables = {"sentences": facts.coded, "documents": facts.documents}
    tables |= {name: table for name, table in vars(facts.comparison).items() if isinstance(table, pd.DataFrame)}
    tables |= {name: getattr(facts, name) for name in ("targets", "target_counts", "places", "terms_within", "mixture")}
    always = {"sentences", "shares", "differences", "terms"}
    return {name: table.round(_DIGITS) for name, table in tables.items() if name in always or not table.empty}


def software_versions() -> dict[str, str]:
    """Return the versions of what a report is made with."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    names = ("zhuti", "numpy", "scipy", "pandas", "scikit-learn", "jieba", "rjieba", "matplotlib")
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return {"zhuti": found.pop("zhuti", ""), **found}
