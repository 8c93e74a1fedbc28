"""Read a codebook over: what a coder or a classifier would stumble on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zhuti.seeds.codebook import Codebook

# Takes sentences, returns the theme of each.
Coder = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Fault:
    """One thing to mend in a codebook: where, and what."""

    place: str
    text: str


def lint_codebook(codebook: Codebook, coder: Coder | None = None) -> list[Fault]:
    """Return the faults of a codebook, in the order of its parts.

    Parameters
    ----------
    codebook : Codebook
    coder : callable, optional
        A trained classifier's `predict`; with it, examples that it codes otherwise are faults too.

    Examples
    --------
    >>> from zhuti.seeds import read_codebook
    >>> lint_codebook(read_codebook())
    []
    """
    faults = [*_residual(codebook), *_themes(codebook), *_terms(codebook)]
    return [*faults, *_examples(codebook, coder)] if coder else faults


def _residual(codebook: Codebook) -> Iterator[Fault]:
    if not codebook.other:
        yield Fault("other", "no theme is named for units without a policy object; such units will be forced into one")


def _themes(codebook: Codebook) -> Iterator[Fault]:
    for theme in codebook.themes:
        if not theme.definition.zh:
            yield Fault(theme.id, "has no definition")
        if not theme.exclude:
            yield Fault(theme.id, "says nothing of what it leaves out (exclude)")
        for code in theme.leaves():
            if not code.examples and not theme.examples:
                yield Fault(f"{theme.id}/{code.id}", "has no example")


def _terms(codebook: Codebook) -> Iterator[Fault]:
    places: dict[str, set[str]] = defaultdict(set)
    plain: dict[str, set[str]] = defaultdict(set)
    for term in codebook.terms:
        places[term.term].add(term.code)
        if not term.elsewhere:
            plain[term.term].add(codebook.parents[term.code])
    for text, codes in places.items():
        if len(codes) > 1 or len(plain[text]) > 1:
            yield Fault(f"term {text}", f"stands under {', '.join(sorted(codes))}; keep one, name the others elsewhere")


def _examples(codebook: Codebook, coder: Coder) -> Iterator[Fault]:
    cases = list(_cases(codebook))
    if not cases:
        return
    coded = coder([text for _, _, text, _ in cases])
    for (theme_id, place, text, belongs), found in zip(cases, coded, strict=True):
        if belongs and found != theme_id:
            yield Fault(place, f"the classifier codes its example “{text}” as {found}")
        if not belongs and found == theme_id:
            yield Fault(place, f"the classifier codes its counterexample “{text}” as {found}")


def _cases(codebook: Codebook) -> Iterator[tuple[str, str, str, bool]]:
    """Yield theme, place, text and whether it belongs; what a subtheme leaves out may be its theme's all the same."""
    for theme in codebook.themes:
        for code in dict.fromkeys((theme, *theme.leaves())):
            place = theme.id if code is theme and theme.subthemes else f"{theme.id}/{code.id}"
            for text in code.examples:
                yield theme.id, place, text, True
            for text in code.counterexamples if code is theme else ():
                yield theme.id, place, text, False
