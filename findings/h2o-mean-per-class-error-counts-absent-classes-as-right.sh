#!/usr/bin/env bash
# H2O 3.46.0.12: mean_per_class_error of several classes divides by the classes of the domain, also by those that no sample is of. So the
# error of a test set that lacks classes is too low, by their share, where balanced accuracy elsewhere leaves such classes out.
# Seen: of two classes, half of whose samples are wrong, the error is 0.3333 where the domain has 3 names and 0.1 where it has 10; half is
# wrong each time. Fails where that changes. Needs Java 8 to 17.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check setuptools==80.9.0 wheel==0.45.1
"$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps --no-build-isolation \
  h2o==3.46.0.12 requests==2.32.5 tabulate==0.9.0 certifi==2025.8.3 charset-normalizer==3.4.3 idna==3.10 urllib3==2.5.0
"$folder/venv/bin/python" - <<'PYTHON'
import h2o

h2o.init(nthreads=1, max_mem_size="1g", bind_to_localhost=True, port=54392, verbose=False)
try:
    h2o.no_progress()
    truth = h2o.H2OFrame({"y": ["a", "a", "b", "b"]}, column_types=["enum"])
    for classes, error in ((3, 1 / 3), (10, 0.1)):
        right, wrong = ([0.9, 0.1], [0.1, 0.9])
        rows = [row + [0.0] * (classes - 2) for row in (right, wrong, wrong, right)]
        domain = [chr(97 + place) for place in range(classes)]
        found = h2o.make_metrics(h2o.H2OFrame(rows), truth, domain=domain).mean_per_class_error()
        print(classes, "names:", found)
        assert abs(found - error) < 1e-12
finally:
    h2o.cluster().shutdown()
PYTHON
