"""`zhuti evaluate`: how well classifiers do on documents they have not seen."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import lang_option, model_option


@click.command("evaluate")
@click.argument("labels", type=click.Path(path_type=Path), required=False)
@model_option
@click.option("--classifiers", default="context", show_default=True, help="Names with commas between, or all.")
@click.option("--codebook", type=click.Path(path_type=Path), help="A codebook of your own; by default zhuti's.")
@click.option("--groups", default="document", show_default=True, help="Column whose values no fold splits.")
@click.option("--folds", type=click.IntRange(2, 50), default=5, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Deals folds and draws intervals.")
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
@click.option("--quick", is_flag=True, help="Leave out the learning curve, time and memory.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for tables, charts and a page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
def command(
    labels: Path | None,
    model: Path | None,
    classifiers: str,
    codebook: Path | None,
    groups: str,
    folds: int,
    seed: int,
    level: float,
    quick: bool,
    out: Path | None,
    as_json: bool,
    lang: Any,
) -> int:
    """Evaluate classifiers on LABELS, a table with columns text, theme and, for honest folds, document.

    Without LABELS, on the sentences that zhuti ships. Each named classifier is trained and tested by
    cross-validation that never splits a document, and compared with the best; with --model, that model is
    tested as it is.
    """
    from zhuti.models import evaluate, load_model, read_labels
    from zhuti.models.labels import read_shipped_labels
    from zhuti.reports import render_evaluation, write_evaluation
    from zhuti.seeds import read_codebook

    trained = load_model(model) if model else None
    book = trained.codebook if trained else read_codebook(codebook)
    evaluation = evaluate(
        read_labels(labels, book) if labels else read_shipped_labels(),
        codebook=book,
        classifiers=tuple(name.strip() for name in classifiers.split(",") if name.strip()),
        groups=groups,
        folds=folds,
        random_state=seed,
        level=level,
        model=trained,
        curve=not quick,
        costs=not quick,
        progress=True,
    )
    if out:
        write_evaluation(evaluation, out, lang=lang, codebook=book)
    click.echo(render_evaluation(evaluation, book, as_json=as_json, lang=lang))
    return 0
