"""Run a whole report: read, split, code, compare, write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from zhuti.features import ReadSentences, read_sentences
from zhuti.features.sentences import Unit
from zhuti.files import digest, whole_folder
from zhuti.models import TrainedModel, classify, default_model, load_model
from zhuti.reports.audit import read_audit
from zhuti.reports.comparison import Comparison, compare
from zhuti.reports.facts import ReportFacts
from zhuti.reports.fonts import find_font
from zhuti.reports.summary import render_summary
from zhuti.reports.words import Words
from zhuti.reports.writing import gather_facts, software_versions, write_files
from zhuti.seeds import seed_path
from zhuti.seeds.codebook import Language


@dataclass(frozen=True)
class ReportResult:
    """What a run ends with: the short table for the terminal, files that could not be read, and the folder."""

    summary: str
    failures: tuple[Any, ...]
    out: Path


def report(
    paths: Sequence[Path | str] = (),
    *,
    out: Path | str = "zhuti-report",
    lang: Language = "zh",
    by: str = "district",
    level: float = 0.95,
    district: str | None = None,
    metadata: Path | str | None = None,
    encoding: str | None = None,
    max_megabytes: int = 64,
    unit: Unit = "sentence",
    model: Path | str | None = None,
    audit: Path | str | None = None,
    font: Path | str | None = None,
    progress: bool = False,
    say: Callable[[str], object] = lambda line: None,
) -> ReportResult:
    """Read documents, give every sentence a theme, compare, and write a report to a folder.

    Parameters
    ----------
    paths : sequence of path or str
        Files, folders and patterns; without one, the article that zhuti ships.
    out : path or str
        Folder to write to; what it holds under other names is kept.
    lang : {'zh', 'en'}
    by : str
        Column to compare by.
    level : float
        Nominal coverage of intervals, 0 to 1.
    district, metadata, encoding, max_megabytes, unit
        See `read_documents` and `Corpus.sentences`.
    model, audit : path or str, optional
        A model file; a table of sentences labelled by hand.
    font : path or str, optional
        A font file for charts and page.
    progress : bool
        Show a bar where it takes longer than a second.
    say : callable
        Told, line by line, what the user should know.

    Returns
    -------
    ReportResult

    Raises
    ------
    ZhutiError
        When input cannot be used; then nothing is written.
    """
    words = Words(lang)
    if font:
        find_font(Path(font))  # a file that is no font should be said before the work
    if not paths:
        say(words("summary.seed"))
        paths = [seed_path("documents")]
    options = {"lang": lang, "by": by, "level": level, "district": district, "encoding": encoding, "unit": unit}
    sources: dict[str, Any] = {"metadata": metadata, "encoding": encoding, "max_megabytes": max_megabytes}
    called = words("step.read") if progress else False
    read = read_sentences(*paths, district=district, unit=unit, progress=called, **sources)
    for failure in read.failures:
        say(words("summary.failed", path=failure.path, error=failure.reason))
    for warning in read.warnings:
        say(warning.error)
    bar = tqdm(total=4, disable=None if progress else True, delay=1.0, leave=False, bar_format="{desc} {bar} {elapsed}")
    with bar:
        step = _stepper(bar, words)
        step("classify")
        trained = load_model(model) if model else default_model(progress=progress)
        coded = classify(read.sentences, trained)
        step("compare")
        audited = read_audit(audit, coded, trained.codebook) if audit else None
        for note in audited.notes if audited else ():
            say(note)
        comparison = _compared(coded, by, trained, level, audited.labels if audited else None)
        known: dict[str, Any] = {
            "codebook": trained.codebook,
            "card": trained.card,
            "documents": read.documents,
            "font": font,
        }
        facts = gather_facts(comparison, coded, lang=lang, options=options, **known)
        step("draw")
        with whole_folder(Path(out)) as stage:
            files = {"metadata": metadata, "model": model, "audit": audit, "font": font}
            write_files(facts, stage, _run(facts, read, trained, files))
        step("write")
    summary = render_summary(facts, Path(out))
    if read.failures:
        summary += "\n" + words("summary.files_left_out", n=len(read.failures))
    return ReportResult(summary, read.failures, Path(out))


def _stepper(bar: Any, words: Words) -> Callable[[str], None]:
    def step(name: str) -> None:
        bar.set_description_str(words(f"step.{name}"))
        bar.update()

    return step


def _compared(
    coded: pd.DataFrame, by: str, trained: TrainedModel, level: float, audit: pd.DataFrame | None
) -> Comparison:
    known: dict[str, Any] = {} if audit is None else {"audit": audit}
    return compare(
        coded,
        by=by,
        codebook=trained.codebook,
        card=trained.card,
        level=level,
        **known,
    )


def _run(
    facts: ReportFacts, read: ReadSentences, trained: TrainedModel, files: dict[str, Path | str | None]
) -> dict[str, Any]:
    """Return what `run.json` holds: names without folders, digests, versions, options; no date."""
    inputs = sorted({(path.name, _file_digest(path)) for path in read.paths})
    named = {
        name: {"file": Path(path).name, "sha256": _file_digest(path)}
        for name, path in files.items()
        if path is not None
    }
    book, card = trained.codebook, trained.card
    kept = ("format", "name", "n_sentences", "n_documents", "digests", "parameters", "scores")
    return {
        "inputs": [{"file": name, "sha256": sha} for name, sha in inputs],
        "files": named,
        "codebook": {"id": book.id, "version": book.version, "digest": book.digest},
        "model": {name: card[name] for name in kept if name in card},
        "options": dict(facts.options),
        "versions": dict(software_versions()),
        "tables": {"sentences": len(facts.coded), "documents": int((read.documents["error"] == "").sum())},
    }


def _file_digest(path: Path | str) -> str:
    path = Path(path)
    return digest(path) if path.is_file() else ""
