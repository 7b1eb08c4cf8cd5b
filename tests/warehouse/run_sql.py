"""Runs a project's tables and views in DuckDB, as written for it and as written for BigQuery.

Standard input: {"duckdb": [statements], "bigquery": [statements], "views": [names]}. The BigQuery statements are parsed by sqlglot as
BigQuery's dialect; its views are translated to DuckDB's and run over the same tables, its external tables being DuckDB's. Standard output: the
rows of each view both ways, as JSON, and what sqlglot made of each BigQuery statement.
"""

import json
import sys

import duckdb
import sqlglot
from sqlglot import exp

given = json.load(sys.stdin)


def rows(connection, view):
    types = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {view}").fetchall()}
    found = connection.execute(f"SELECT to_json(v)::VARCHAR FROM {view} AS v").fetchall()
    return {"types": types, "rows": [json.loads(row) for (row,) in found]}


connection = duckdb.connect()
connection.execute("SET TimeZone = 'UTC'")
for statement in given["duckdb"]:
    connection.execute(statement)
answer = {"duckdb": {view: rows(connection, view) for view in given["views"]}, "bigquery": {}, "parsed": []}

for statement in given["bigquery"]:
    tree = sqlglot.parse_one(statement, dialect="bigquery", error_level=sqlglot.ErrorLevel.RAISE)
    assert isinstance(tree, exp.Create), tree
    answer["parsed"].append([tree.kind, tree.find(exp.Table).sql(dialect="bigquery")])
    if tree.kind != "VIEW":
        continue
    # What DuckDB has under other names: SAFE.PARSE_JSON, and the file of a row.
    for call in list(tree.find_all(exp.ParseJSON)):
        call.parent.replace(exp.TryCast(this=call.this, to=exp.DataType.build("JSON"), safe=True))
    for column in tree.find_all(exp.Column):
        if column.name == "_FILE_NAME":
            column.replace(exp.column("filename"))
    connection.execute(tree.sql(dialect="duckdb"))
answer["bigquery"] = {view: rows(connection, view) for view in given["views"]}

json.dump(answer, sys.stdout)
