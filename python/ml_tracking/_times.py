"""Times and durations as ISO 8601 text, the same for the same time whichever library holds it.

Seconds are always there, a fraction of them where it is not zero, with 6 digits or, where those do not hold it, 9. A zone is given as
its offset; a time without one has none. A value that is missing is None.
"""

from __future__ import annotations

import datetime
import re
import sys
from typing import Any

from ._tensors import root_of


def time_text(value: Any) -> str | None:
    """A date, a time or a duration as text; a period of pandas as it prints itself. None for a missing one.

    Raises TypeError for anything else.
    """
    if type(value).__name__ in ("NaTType", "NAType"):
        return None
    if isinstance(value, datetime.timedelta):
        exact = getattr(value, "to_timedelta64", None)  # of pandas, which has nanoseconds
        if exact is not None:
            return time_text(exact())
        return _duration(((value.days * 86_400 + value.seconds) * 10**6 + value.microseconds) * 1000)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    root, kind = root_of(value), type(value).__name__
    if root == "numpy" and kind in ("datetime64", "timedelta64"):
        return texts_of_numpy(sys.modules["numpy"].asarray(value).reshape(1))[0]
    if root == "pandas" and kind in ("Period", "Interval"):
        return str(value)
    raise TypeError(f"not a time: {kind}")


def is_time(value: Any) -> bool:
    """Whether time_text() has a text for it."""
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return True
    return (root_of(value), type(value).__name__) in (
        ("numpy", "datetime64"), ("numpy", "timedelta64"), ("pandas", "Period"), ("pandas", "Interval"),
    )


def texts_of_numpy(values: Any) -> list[str | None]:
    """An array of datetime64 or timedelta64 as texts."""
    numpy = sys.modules["numpy"]
    missing = numpy.isnat(values)
    if values.dtype.kind == "m":
        unit, count = numpy.datetime_data(values.dtype)
        if unit in ("generic", "Y", "M"):  # of no fixed length
            texts = [f"{count * int(each.astype(numpy.int64))} {unit}" for each in values]
        else:
            exact = values.astype("timedelta64[ns]") if unit not in ("ps", "fs", "as") else values
            if (exact.astype(values.dtype) != values)[~missing].any() or exact is values:
                texts = list(map(str, values))  # beyond what nanoseconds hold
            else:
                texts = list(map(_duration, exact.astype(numpy.int64).tolist()))
    elif numpy.datetime_data(values.dtype)[0] in ("Y", "M", "W", "D"):
        texts = numpy.datetime_as_string(values).tolist()
    else:
        texts = list(map(_short, numpy.datetime_as_string(values).tolist()))
    return [None if lacks else text for text, lacks in zip(texts, missing.tolist())]


def _short(text: str) -> str:
    if len(text) == 13 or len(text) == 16:  # hours, minutes
        return f"{text}:00:00" if len(text) == 13 else f"{text}:00"
    return short_fraction(text)


def short_fraction(text: str) -> str:
    """ISO text with as many digits of the second as Python writes: none, 6, or 9 where 6 do not hold them."""
    whole, _, rest = text.partition(".")
    fraction = re.match(r"\d*", rest)
    digits = fraction.group() if fraction else ""
    zone, kept = rest[len(digits) :], digits.rstrip("0")
    return f"{whole}.{kept.ljust(6 if len(kept) <= 6 else 9, '0')}{zone}" if kept else f"{whole}{zone}"


def _duration(nanoseconds: int) -> str:
    """As pandas writes it: P1DT2H3M4.5S, a negative one with negative days."""
    seconds, fraction = divmod(nanoseconds, 10**9)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    digits = f".{fraction:09d}".rstrip("0") if fraction else ""
    return f"P{days}DT{hours}H{minutes}M{seconds}{digits}S"
