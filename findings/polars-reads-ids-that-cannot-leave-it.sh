#!/bin/sh
# polars 2.1.0 reads a CSV column of integers, one of which is 2^63 or more, as Int128, where pandas has uint64 or float64. The
# column then cannot leave polars: to_numpy() raises polars' InvalidOperationError, and to_arrow() and to_pandas() raise pyarrow's
# ArrowInvalid about a format string "_pli128", though every value would fit in 64 bits unsigned. One large id in a file is enough.
# Seen with polars 2.1.0, numpy 2.4.6, pandas 3.1.1 and pyarrow 26.0.1 on Python 3.11:
#   Int128
#   to_numpy: InvalidOperationError
#   to_arrow: ArrowInvalid
#   to_pandas: ArrowInvalid
# Fails when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check polars==2.1.0 numpy==2.4.6 pandas==3.1.1 pyarrow==26.0.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import io

import polars

frame = polars.read_csv(io.StringIO("id,y\n9223372036854775808,1\n2,0\n"))
print(frame.schema["id"])
for name in "to_numpy", "to_arrow", "to_pandas":
    try:
        getattr(frame, name)()
        print(f"{name}: worked")
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
PYTHON
cat "$folder/seen"
printf 'Int128\nto_numpy: InvalidOperationError\nto_arrow: ArrowInvalid\nto_pandas: ArrowInvalid\n' | diff - "$folder/seen"
