"""The colours of themes on a page: variables that follow light and dark."""

from zhuti.reports.chart_style import mixed, text_ink
from zhuti.seeds import Codebook


def theme_inks(codebook: Codebook) -> dict[str, str]:
    """Map each theme's colour, and the ink of its name, to the variables that follow light and dark."""
    inks = {}
    for k, theme in enumerate(codebook.theme_ids):
        color = codebook.color(theme).lower()
        inks[text_ink(color)] = f"var(--t{k}-ink)"
        inks[color] = f"var(--t{k})"
    return inks


def theme_css(codebook: Codebook) -> str:
    """Return the style sheet that sets those variables, and the marks of each theme."""
    light, dark, marks = [], [], []
    for k, theme in enumerate(codebook.theme_ids):
        color = codebook.color(theme)
        light.append(f"--t{k}:{color};--t{k}-ink:{text_ink(color)};")
        dark.append(f"--t{k}:{mixed(color, 0.78)};--t{k}-ink:{mixed(color, 0.55)};")
        marks.append(f".t{k}{{--c:var(--t{k})}}h3.t{k}{{color:var(--t{k}-ink)}}")
    day, night = "".join(light), "".join(dark)
    return (
        f":root{{{day}}}:root[data-theme=dark]{{{night}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}"
        f"@media print{{:root,:root[data-theme=dark]{{{day}}}}}{''.join(marks)}"
    )
