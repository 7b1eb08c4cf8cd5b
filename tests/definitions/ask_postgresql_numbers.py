"""PostgreSQL's aggregates over a table with the columns y and p, double precision. PostgreSQL 15.18, from Debian.

Starts a server in a temporary folder, on a socket there and no port, as the user postgres, and stops it.
"""

import json
import subprocess
import tempfile

from ask import golden, samples

programs = "/usr/lib/postgresql/15/bin"
questions = {
    "regr_r2": "regr_r2(y, p)", "corr": "corr(y, p)", "regr_slope": "regr_slope(y, p)", "regr_intercept": "regr_intercept(y, p)",
    "covar_pop": "covar_pop(y, p)", "covar_samp": "covar_samp(y, p)",
    "avg(abs)": "avg(abs(y - p))", "avg(squares)": "avg((y - p) ^ 2)", "sqrt(avg(squares))": "sqrt(avg((y - p) ^ 2))",
    "avg(error)": "avg(p - y)", "max(abs)": "max(abs(y - p))",
    **{f"{function}({q})(abs)": f"{function}({q}) WITHIN GROUP (ORDER BY abs(y - p))"
       for function in ("percentile_cont", "percentile_disc") for q in (0.5, 0.9)},
    "stddev_samp(error)": "stddev_samp(p - y)", "stddev_pop(error)": "stddev_pop(p - y)",
    "1 - ratio of variances": "1 - var_pop(y - p) / nullif(var_pop(y), 0)",
    "1 - ratio of squares": "1 - sum((y - p) ^ 2) / nullif(var_pop(y) * count(*), 0)",
}


def answers():
    """What each sample's query says, by the sample's identity."""
    numbers = [sample for sample in samples if sample["kind"] == "numbers"]
    columns = ", ".join(f"{sql} AS c{i}" for i, sql in enumerate(questions.values()))
    script = []
    for sample in numbers:
        rows = ",".join(f"({y!r},{p!r})" for y, p in zip(sample["y_true"].tolist(), sample["y_pred"].tolist()))
        table = f"SELECT y::float8, p::float8 FROM (VALUES {rows}) t(y, p)"
        script.append(f"SELECT row_to_json(r) FROM (SELECT {columns} FROM ({table}) t) r;")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["chown", "postgres", folder], check=True)

        def run(*command, **options):
            return subprocess.run(["runuser", "-u", "postgres", "--", *command], check=True, cwd=folder, **options)

        run(f"{programs}/initdb", "-D", f"{folder}/data", stdout=subprocess.DEVNULL)
        start = f"-k {folder} -c listen_addresses="
        control = [f"{programs}/pg_ctl", "-D", f"{folder}/data"]
        run(*control, "-w", "-l", f"{folder}/log", "-o", start, "start", stdout=subprocess.DEVNULL)
        try:
            told = run("psql", "-h", folder, "-qAt", "postgres", input="\n".join(script), text=True, capture_output=True)
        finally:
            run(*control, "-m", "immediate", "stop", stdout=subprocess.DEVNULL)
    return {id(sample): json.loads(line) for sample, line in zip(numbers, told.stdout.splitlines(), strict=True)}


told = answers()
golden("15.18", {
    f"postgresql:{name}": (["numbers"], lambda sample, i=i: told[id(sample)][f"c{i}"]) for i, name in enumerate(questions)
})
