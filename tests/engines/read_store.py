"""Reads a store's logs and predictions by one program, as a user would.

Standard input: {"engine": name, "log": [code], "predictions": [code]}; the working folder has the store `ml-tracking`. A piece of code is a
statement that sets `log` or `predictions`, or a query for DuckDB and ClickHouse. Standard output: for each piece the rows that it reads and
the types of their columns, {"rows": [...], "types": {...}}, or the {"error": "..."} that it ends with. Of predictions, `file` is the file that
a row is from, where the code tells.
"""

import datetime
import json
import math
import sys
from glob import glob

given = json.load(sys.stdin)
engine = given["engine"]
names = {"glob": glob}

if engine == "pandas":
    import pandas

    names["pandas"] = pandas

    def rows(frame):
        # A mapping of frames becomes the outer level of the index.
        file = frame.index.get_level_values(0) if frame.index.nlevels > 1 else None
        found = frame.to_dict("records")
        return found if file is None else [{**row, "file": path} for path, row in zip(file, found)]

    def types(frame):
        return {name: str(dtype) for name, dtype in frame.dtypes.items()}

elif engine == "polars":
    import polars

    names["polars"] = polars

    def rows(frame):
        return frame.to_dicts()

    def types(frame):
        return {name: str(dtype) for name, dtype in frame.schema.items()}

elif engine == "pyarrow":
    import pyarrow
    import pyarrow.csv
    import pyarrow.dataset

    names["pyarrow"] = pyarrow

    def rows(table):
        found = table.to_pylist() if isinstance(table, pyarrow.Table) else table.to_table().to_pylist()
        return [{("file" if name == "__filename" else name): value for name, value in row.items()} for row in found]

    def types(table):
        return {field.name: str(field.type) for field in table.schema}

elif engine == "duckdb":
    import duckdb

    duckdb.sql("SET TimeZone = 'UTC'")

    def query(code):
        relation = duckdb.sql(code)
        # Large integers and times as JSON has them.
        found = relation.query("answer", "SELECT to_json(answer)::VARCHAR FROM answer").fetchall()
        found = [{("file" if name == "filename" else name): value for name, value in json.loads(row).items()} for (row,) in found]
        return found, dict(zip(relation.columns, map(str, relation.types)))

elif engine == "chdb":
    import chdb

    def query(code):
        # Times with their zone, which is UTC only where the machine's is.
        utc = f"{code}{',' if 'SETTINGS' in code else ' SETTINGS'} session_timezone = 'UTC'"
        answer = json.loads(str(chdb.query(utc, "JSON")))
        found = [{("file" if name == "_file" else name): value for name, value in row.items()} for row in answer["data"]]
        return found, {column["name"]: column["type"] for column in answer["meta"]}

elif engine == "spark":
    import os

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    spark.sparkContext.setLogLevel("OFF")
    names["spark"] = spark

    def rows(frame):
        return [{("file" if name == "file_path" else name): value for name, value in row.asDict().items()} for row in frame.collect()]

    def types(frame):
        return dict(frame.dtypes)

else:
    sys.exit(f"unknown engine: {engine}")


def plain(value):
    """As JSON has it: what is missing is null, times and large integers are text."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        return value.isoformat() if value.tzinfo else f"{value.isoformat()}Z"
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "item"):
        return plain(value.item())
    return None if str(value) in ("NaT", "<NA>") else str(value)


def read(code, name):
    try:
        if "query" in globals():
            found, kinds = query(code)
        else:
            place = dict(names)
            exec(code, place)
            found, kinds = rows(place[name]), types(place[name])
        return {"rows": [{key: plain(value) for key, value in row.items()} for row in found], "types": kinds}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:500]}


answer = {name: [read(code, name) for code in given[name]] for name in ("log", "predictions")}
json.dump(answer, sys.stdout)
