"""What zhuti learns from and is shown on; this text is the data card.

What
    `documents/` holds the article that zhuti is shown on: a newspaper page with two interviews, and
    `seed_article.csv` an independent coding of its 57 units. `labels/authored.jsonl` and `labels/plain.jsonl`
    hold whole invented documents in reading order, the second in the plain register that most real reports
    are written in; `labels/provinces.jsonl` holds nine more, eight of them of provinces; `labels/singles.jsonl`
    holds single sentences, those with a `boundary` written for one row of the codebook's boundary table.
    `codebook.toml` is the codebook, `terms.csv` the term bank: words by which a subtheme is recognised, with
    the other subthemes (`elsewhere`) that they also stand for.
How made
    Every sentence was written for this project, by judgement and one by one, by language models; places,
    firms and persons are invented. No sentence comes from a real text but the article's. Terms are general
    knowledge of the genre, some 440 of them words and short phrases that are frequent in real government work
    reports and were missing here; where the labelled sentences contradict a term (less than 80 % of its sentences
    carry its theme), it is marked as standing elsewhere too. `SHA256SUMS` names the state of the files.
Who coded
    The writer of each document gave theme, subtheme and second theme; a second coder, who saw texts and
    headings but not these labels, coded the units that carry `second`. Where they differ, in theme or in
    subtheme alone, the codebook decided; `settled.csv` lists all these units with both codes and the settled one.
    Both coders are language models of one family, and one of them wrote the texts: they are likely to err alike,
    so read the agreement as an upper bound of what two people would reach. Second themes were given by one
    reading and are not part of it.

    .. figures: benchmarks/agreement.py
    6,549 of 6,549 units are coded twice; 43 times the themes differ,
    142 times the subthemes. With intervals of 95% (resampled units):

                     alpha                 kappa                 agree
    all themes       0.992 (0.989-0.994)   0.992 (0.989-0.994)   99.3%
    industry         0.995 (0.991-0.997)   0.995 (0.991-0.997)   99.8%
    livelihood       0.991 (0.986-0.994)   0.991 (0.986-0.994)   99.7%
    urban            0.993 (0.988-0.996)   0.993 (0.988-0.996)   99.8%
    governance       0.990 (0.984-0.994)   0.990 (0.984-0.994)   99.7%
    other            0.988 (0.980-0.993)   0.988 (0.980-0.993)   99.7%
    all subthemes    0.977 (0.974-0.981)   0.977 (0.974-0.981)   97.8%

    9.7% of 5,647 sentences have a second theme; 12,823 terms.
    .. end of figures
    The figures come from `python benchmarks/agreement.py --write`; `--list` prints every disagreement.
Limits
    Invented documents resemble each other more than real ones do: scores on left-out documents of this corpus
    are higher than on real reports (README quotes both). Provinces, counties and townships of 2003 to 2026 are
    covered, ministries and courts are not.
Licence
    MIT, as the code; the article belongs to its publisher and is here as an example of the format.
"""

from pathlib import Path

from zhuti.seeds.codebook import Boundary, Code, Codebook, Term, read_codebook
from zhuti.seeds.lint import Fault, lint_codebook
from zhuti.seeds.manual import render_manual, render_qdc

__all__ = [
    "Boundary",
    "Code",
    "Codebook",
    "Fault",
    "Term",
    "lint_codebook",
    "read_codebook",
    "render_manual",
    "render_qdc",
    "seed_path",
]


def seed_path(*parts: str) -> Path:
    """Return the path of a shipped file.

    >>> seed_path("codebook.toml").is_file()
    True
    """
    return Path(__file__).parent.joinpath(*parts)
