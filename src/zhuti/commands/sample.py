"""`zhuti sample`: which sentences to label by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhuti.commands.options import lang_option, model_option, source_options
from zhuti.commands.sources import read_sources

if TYPE_CHECKING:
    import pandas as pd

    from zhuti.models import TrainedModel
    from zhuti.reports.drawing_lots import Design
    from zhuti.seeds.codebook import Language

TABLES = (".csv", ".jsonl", ".parquet", ".xlsx")


@click.command("sample")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--precision", type=click.FloatRange(0.001, 0.5), help="Half-width wanted for each share, such as 0.03.")
@click.option("--size", type=click.IntRange(min=1), help="Number of sentences instead.")
@click.option(
    "--design",
    type=click.Choice(["audit", "uncertain", "disagreement"]),
    default="audit",
    show_default=True,
    help="By chance, for an audit; or those that teach a classifier most, for training only.",
)
@click.option(
    "--audit",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labels of a first sample: the plan goes by the errors that they show.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .xlsx, .csv or .jsonl file.")
@click.option("--by", default="district", show_default=True, help="Column whose groups will be compared.")
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
@click.option(
    "--double", type=click.IntRange(min=0), default=200, show_default=True, help="Rows in a second coder's copy."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other sentences.")
@source_options
@model_option
@lang_option
def command(
    paths: tuple[str, ...],
    precision: float | None,
    size: int | None,
    design: "Design",
    audit: Path | None,
    out: Path,
    by: str,
    level: float,
    double: int,
    seed: int,
    model: Path | None,
    lang: "Language",
    **sources: Any,
) -> int:
    """Choose sentences to label by hand.

    With --design audit the sample is planned so that every share will be known to ± --precision, and written
    with the inclusion probabilities that `zhuti report --audit` needs. A second coder's copy lies beside it;
    `zhuti agree` compares the two. The predicted theme is not shown to coders.

    The model's probabilities say how many labels a precision needs. The first hundred labels tell better: the rows
    stand in random order, so label the first hundred, and plan anew with --audit and another --out.
    """
    from zhuti.errors import TableError
    from zhuti.models import default_model, load_model
    from zhuti.reports import choose_for_training, copy_path, draw_sample, plan_sample, render_plan, write_sample

    if out.suffix.lower() not in (".xlsx", ".csv", ".jsonl"):
        raise TableError(f"--out {out}: a sample ends in .xlsx, .csv or .jsonl")
    if (precision is None) == (size is None):
        raise TableError("give either --precision 0.03 (half-width of each share) or --size N (number of sentences)")
    if design != "audit" and size is None:
        raise TableError(f"--design {design} needs --size: a precision can only be planned for an audit")
    if audit:
        _check_first_labels(audit, design, out)
    trained = load_model(model) if model else default_model(progress=True)
    coded, failures = _coded(paths, trained, **sources)
    if design == "audit":
        labels = _first_labels(audit, coded, trained) if audit else None
        plan = plan_sample(
            coded,
            by=by,
            precision=precision,
            size=size,
            codebook=trained.codebook,
            level=level,
            audit=labels,
            card=trained.card,
        )
        sample = draw_sample(coded, plan, random_state=seed)
        click.echo(render_plan(plan, lang=lang))
    else:
        other = _second_coding(coded, trained) if design == "disagreement" else None
        sample = choose_for_training(coded, size or 0, design=design, other=other)
        click.echo(f"{len(sample)} sentences to train with (zhuti train); as an audit they will be refused", err=True)
    write_sample(sample, out, trained.codebook, lang=lang)
    click.echo(str(out))
    if double:
        write_sample(sample.head(double), copy_path(out), trained.codebook, lang=lang)
        click.echo(str(copy_path(out)))
    if failures:
        click.echo(f"{failures} of the files left out, see above")
    return 1 if failures else 0


def _check_first_labels(audit: Path, design: "Design", out: Path) -> None:
    from zhuti.errors import TableError
    from zhuti.reports import copy_path

    if design != "audit":
        raise TableError(f"--audit plans an audit; it says nothing of what --design {design} chooses")
    if audit.resolve() in (out.resolve(), copy_path(out).resolve()):
        raise TableError(f"--out {out} would write over the labels in {audit}; give the new sample another name")


def _first_labels(audit: Path, coded: "pd.DataFrame", trained: "TrainedModel") -> "pd.DataFrame":
    from zhuti.reports import read_audit

    read = read_audit(audit, coded, trained.codebook)
    for note in read.notes:
        click.echo(note, err=True)
    return read.labels


def _coded(paths: tuple[str, ...], trained: "TrainedModel", **sources: Any) -> "tuple[pd.DataFrame, int]":
    from zhuti.features import read_table, require_columns
    from zhuti.models import classify

    if len(paths) == 1 and Path(paths[0]).suffix.lower() in TABLES:
        sentences = read_table(paths[0])
        require_columns(sentences, ["text", "sentence_id"], str(paths[0]))
        return classify(sentences, trained), 0
    read = read_sources(paths, sources)
    return classify(read.sentences, trained), len(read.failures)


def _second_coding(coded: "pd.DataFrame", trained: "TrainedModel") -> "pd.DataFrame":
    from zhuti.reports import code_by_terms

    return code_by_terms(coded, trained.codebook)
