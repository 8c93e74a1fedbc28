"""`zhuti train`: labelled sentences in, a model file out."""

from pathlib import Path

import click


@click.command("train")
@click.argument("labels", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The model file to write, *.skops.")
@click.option("--codebook", type=click.Path(path_type=Path), help="A codebook of your own; by default zhuti's.")
@click.option("--classifier", default="context", show_default=True, help="One of the names that evaluate lists.")
@click.option("--with-default", is_flag=True, help="Learn from zhuti's own labelled sentences too.")
def command(labels: Path, out: Path, codebook: Path | None, classifier: str, with_default: bool) -> int:
    """Train a theme classifier on LABELS, a table with columns text and theme.

    Columns document, heading, subtheme and secondary are used where they are there.
    """
    from zhuti.errors import ModelError
    from zhuti.models import read_labels, save_model, train
    from zhuti.seeds import read_codebook

    if out.suffix != ".skops":
        raise ModelError(f"--out {out}: a model file ends in .skops")
    book = read_codebook(codebook)
    model = train(
        read_labels(labels, book), codebook=book, classifier=classifier, with_default=with_default, progress=True
    )
    save_model(model, out)
    click.echo(f"{out}: trained on {model.card['n_sentences']} sentences; zhuti model show {out} prints its card")
    return 0
