"""The page of a report: its template, style and script, and how they are filled."""

from zhuti.reports.page.build import render_page

__all__ = ["render_page"]
