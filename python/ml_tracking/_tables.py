"""Tables: as text for a terminal, as HTML for a notebook, as a data frame."""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any

from ._errors import TrackingError, visible


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[str]) -> str:
    """Aligned columns, those of `numbers` to the right; a row takes one line, whatever is in it."""
    lines = [[_on_one_line(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heads))]
    return "\n".join(
        "  ".join(_padded(cell, width, head in numbers) for cell, width, head in zip(line, widths, heads)).rstrip()
        for line in lines
    )


def html_table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[str]) -> str:
    """The same for a notebook. Every text is escaped."""
    aligned = ['style="text-align: right; white-space: nowrap"' if head in numbers else 'style="text-align: left"' for head in heads]
    titles = "".join(f"<th {align}>{escape(head)}</th>" for head, align in zip(heads, aligned))
    body = "".join(
        "<tr>" + "".join(f"<td {align}>{escape(cell)}</td>" for cell, align in zip(row, aligned)) + "</tr>" for row in rows
    )
    return f'<div style="overflow-x: auto"><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'


def html_lines(lines: Sequence[str]) -> str:
    """A paragraph of escaped lines; nothing where there are none."""
    return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>" if lines else ""


def short_number(value: float | None) -> str:
    """Four digits that matter, as the command line shows them; nothing for None."""
    if value is None:
        return ""
    size = abs(value)
    if size != 0 and (size < 1e-3 or size >= 1e6):
        mantissa, exponent = f"{value:.3e}".split("e")
        return f"{mantissa}e{int(exponent):+d}"
    return f"{value:.4f}" if size < 10 else f"{value:#.6g}".rstrip(".")


def between(low: float | None, high: float | None) -> str:
    """Two limits; nothing where there are none."""
    return "" if low is None or high is None else f"{short_number(low)} to {short_number(high)}"


def pandas_module() -> Any:
    """Pandas, for as_frame. Raises TrackingError where it is not installed."""
    try:
        return importlib.import_module("pandas")
    except ImportError as error:
        raise TrackingError(f"as_frame needs pandas: pip install pandas ({error})", "LIBRARY_NOT_INSTALLED") from error


def _on_one_line(text: str) -> str:
    return visible(text).replace("\n", "\ufffd").replace("\t", "\ufffd")


def _padded(cell: str, width: int, is_number: bool) -> str:
    padding = " " * (width - _width(cell))
    return padding + cell if is_number else cell + padding


def _width(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
