"""What may be kept as an artifact: a file or folder by its path, or what is made into bytes here."""

from __future__ import annotations

import io
import os
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from ._core import Buffer
from ._errors import InvalidType, InvalidValue
from ._foreign import reading
from ._plain import shown, single
from ._tensors import root_of

_way_out = "give the path of a file or folder, bytes, or a figure of matplotlib, plotly or PIL"


class Artifact(NamedTuple):
    """An artifact on its way.

    Attributes
    ----------
    path : str
        Where it goes below the run's artifacts.
    file : str or None
        The absolute path of the file or folder that it is.
    content : bytes or None
        What it is otherwise.
    """

    path: str
    file: str | None
    content: Buffer | None


def artifact(what: Any, path: Any) -> Artifact:
    """What log_artifact was given. Raises InvalidType or InvalidValue."""
    name = None if path is None else as_path(path, "path")
    if isinstance(what, (str, os.PathLike)):
        return _of_file(what, name)
    if isinstance(what, (bytes, bytearray, memoryview)):
        return Artifact(_named(name), None, bytes(what))
    if isinstance(what, (io.BytesIO, io.StringIO)):
        content = what.getvalue()  # all of it, wherever it was written or read to
        return Artifact(_named(name), None, content.encode() if isinstance(content, str) else content)
    with reading("the artifact", what, _way_out):
        drawn = _drawn(what, name)
    if drawn is None:
        raise InvalidType(f"the artifact is {shown(what)}; {_way_out}", "INVALID_ARGUMENT")
    return drawn


def as_path(path: Any, argument: str) -> str:
    """A path below a run's artifacts, as text; the core checks it."""
    text = single(path, argument)
    if not isinstance(text, str) or text == "":
        raise InvalidType(f"{argument} is {shown(path)}; give a path such as plots/roc.png", "INVALID_ARGUMENT")
    return text.replace(os.sep, "/") if isinstance(path, os.PathLike) else text


def _of_file(what: str | os.PathLike[str], name: str | None) -> Artifact:
    file = os.path.abspath(os.path.expanduser(os.fsdecode(what)))
    if not os.path.exists(file):
        raise InvalidValue(f"there is no file or folder {shown(os.fsdecode(what))}; text is kept with log_text",
                           "INVALID_ARGUMENT")
    return Artifact(name or os.path.basename(file), file, None)


def _named(name: str | None) -> str:
    if name is None:
        raise InvalidType("missing argument: path; bytes have no name, give one such as model.pkl", "MISSING_ARGUMENT")
    return name


def _drawn(what: Any, name: str | None) -> Artifact | None:
    """A figure or picture, in the format that the path's ending names."""
    root = root_of(what)
    if root == "plotly" and hasattr(what, "to_html"):
        html = what.to_html(full_html=True, include_plotlyjs=True)  # which needs no network to be shown
        return Artifact(name or "figure.html", None, html.encode())
    buffer = io.BytesIO()
    if hasattr(what, "savefig"):  # of matplotlib, and of seaborn's grids
        name = name or "figure.png"
        what.savefig(buffer, format=_format(name), bbox_inches="tight")
    elif root == "PIL" and hasattr(what, "save"):
        name = name or "image.png"
        ending = _format(name)
        what.save(buffer, format="jpeg" if ending == "jpg" else ending)
    else:
        return None
    return Artifact(name, None, buffer.getvalue())


def _format(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower() or "png"
