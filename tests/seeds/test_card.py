"""The data card says what the files say: how far the coders agree, and how much there is."""

import importlib.util
import re
from pathlib import Path

import krippendorff
import pandas as pd
import pytest

import zhuti.seeds
from zhuti.seeds import read_codebook

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "agreement.py"
CARD = zhuti.seeds.__doc__ or ""


@pytest.fixture(scope="module")
def codings() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    spec = importlib.util.spec_from_file_location("agreement_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        spec.loader.exec_module(script)
    found: tuple[pd.DataFrame, dict[str, pd.DataFrame]] = script.read_codings()
    return found


@pytest.mark.parametrize("theme", ["all themes", *read_codebook().theme_ids])
def test_alpha_on_the_card_is_that_of_another_package(
    theme: str, codings: tuple[pd.DataFrame, dict[str, pd.DataFrame]]
) -> None:
    said = re.search(rf"^ *{theme} +(\d\.\d{{3}}) ", CARD, flags=re.MULTILINE)
    assert said is not None, theme
    first, second = (codings[1][coder]["theme"].reset_index(drop=True) for coder in ("first", "second"))
    order = list(read_codebook().theme_ids)
    codes = [
        [order.index(code) if theme == "all themes" else int(code == theme) for code in one] for one in (first, second)
    ]
    alpha = krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal")
    assert float(said[1]) == pytest.approx(alpha, abs=6e-4)


def test_the_card_counts_what_there_is(codings: tuple[pd.DataFrame, dict[str, pd.DataFrame]]) -> None:
    units, coded = codings
    assert f"{len(coded['first']):,} of {len(units):,} units are coded twice" in CARD
    assert f"{len(read_codebook().terms):,} terms" in CARD
    apart = (coded["first"]["subtheme"] != coded["second"]["subtheme"]).sum()
    assert f"{apart:,} times the subthemes" in CARD


def test_the_card_names_what_limits_it() -> None:
    for heading in ("What", "How made", "Who coded", "Limits", "Licence"):
        assert re.search(rf"^{heading}$", CARD, flags=re.MULTILINE), heading
    assert "upper bound" in " ".join(CARD.split())
