"""Runs scripts in ClickHouse, by chdb.

Standard input: {"scripts": [{"statements": [SQL], "views": [NAME]}]}, each script in a database of its own. Standard output: a list with, for
each script, {VIEW: {"columns": [[NAME, TYPE]], "rows": [[cell, ...]]}}.
"""

import json
import sys
import tempfile

from chdb.session import Session

given = json.load(sys.stdin)
settings = "SETTINGS output_format_json_quote_64bit_integers = 1, output_format_json_quote_denormals = 1"


def view(session, name):
    answer = json.loads(bytes(session.query(f"SELECT * FROM {name} {settings}", "JSONCompact").bytes()))
    return {"columns": [[c["name"], c["type"]] for c in answer["meta"]], "rows": answer["data"]}


answers = []
with tempfile.TemporaryDirectory() as folder:
    session = Session(folder)
    for script in given["scripts"]:
        for statement in script["statements"]:
            session.query(statement)
        answers.append({name.split(".")[-1]: view(session, name) for name in script["views"]})
    session.close()
json.dump(answers, sys.stdout)
