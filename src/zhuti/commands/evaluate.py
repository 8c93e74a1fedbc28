"""`zhuti evaluate`: how well classifiers do on documents they have not seen."""

from pathlib import Path
from typing import Any

import click

from zhuti.commands.options import lang_option, model_option


@click.command("evaluate")
@click.argument("labels", type=click.Path(path_type=Path))
@model_option
@click.option("--classifiers", default="context", show_default=True, help="Names with commas between, or all.")
@click.option("--codebook", type=click.Path(path_type=Path), help="A codebook of your own; by default zhuti's.")
@click.option("--groups", default="document", show_default=True, help="Column whose values no fold splits.")
@click.option("--folds", type=click.IntRange(2, 50), default=5, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for tables, charts and a page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
def command(
    labels: Path,
    model: Path | None,
    classifiers: str,
    codebook: Path | None,
    groups: str,
    folds: int,
    out: Path | None,
    as_json: bool,
    lang: Any,
) -> int:
    """Evaluate classifiers on LABELS, a table with columns text, theme and, for honest folds, document.

    With --model, that model is tested as it is; otherwise each named classifier is trained and tested by
    cross-validation that never splits a document.
    """
    from zhuti.models import evaluate, load_model, read_labels, render_evaluation
    from zhuti.seeds import read_codebook

    trained = load_model(model) if model else None
    book = trained.codebook if trained else read_codebook(codebook)
    evaluation = evaluate(
        read_labels(labels, book),
        codebook=book,
        classifiers=tuple(name.strip() for name in classifiers.split(",")),
        groups=groups,
        folds=folds,
        model=trained,
        progress=True,
    )
    if out:
        from zhuti.reports import write_evaluation

        write_evaluation(evaluation, out, lang=lang)
    click.echo(render_evaluation(evaluation, as_json=as_json, lang=lang))
    return 0
