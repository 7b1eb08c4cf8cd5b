#!/usr/bin/env bash
# H2O 3.46.0.12: h2o.make_metrics(predicted, actuals) of a regression takes the actual values as float32 and the predictions as float64.
# So predictions that equal the actual values exactly have an error, and R2 of values such as Unix times or prices in cents is not 1.
# The variance in R2 is the mean of the squares less the square of the mean, which loses what is left of it.
# Seen: of the values 1700000001 to 1700000004, predicted exactly, mae 2.5, MSE 7.5 and R2 minus infinity, where they are 0, 0 and 1. Fails where that changes.
# Needs Java 8 to 17.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check setuptools==80.9.0 wheel==0.45.1
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps --no-build-isolation \
  h2o==3.46.0.12 requests==2.32.5 tabulate==0.9.0 certifi==2025.8.3 charset-normalizer==3.4.3 idna==3.10 urllib3==2.5.0
"$folder/venv/bin/python" - <<'PYTHON'
import h2o

h2o.init(nthreads=1, max_mem_size="1g", bind_to_localhost=True, port=54391, verbose=False)
try:
    h2o.no_progress()
    values = h2o.H2OFrame([[1700000001.0], [1700000002.0], [1700000003.0], [1700000004.0]])
    assert float((values - values).abs().max()) == 0 and values[0, 0] == 1700000001  # the frame itself has them exactly
    found = h2o.make_metrics(values, values)
    print("mae", found.mae(), "mse", found.mse(), "r2", found.r2())
    assert (found.mae(), found.mse(), str(found.r2())) == (2.5, 7.5, "-Infinity")
    small = h2o.H2OFrame([[1.0], [2.0], [3.0], [4.0]])
    assert h2o.make_metrics(small, small).mae() == 0
finally:
    h2o.cluster().shutdown()
PYTHON
