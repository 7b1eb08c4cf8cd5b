"""Reads a Parquet file with pandas, pyarrow and DuckDB and compares each with the cells that it should have.

usage: read_with_python.py FILE EXPECTED.json; EXPECTED: {"rows", "metadata", "columns": [{"name", "type", "cells"}]}, where an
integer's cell is its decimal text and a double's the hexadecimal of its big-endian bytes. Prints JSON: what pyarrow says of the file.
"""

import json
import struct
import sys

import duckdb
import pandas
import pyarrow.parquet

path, expected_path = sys.argv[1:]
with open(expected_path, encoding="utf-8") as file:
    expected = json.load(file)


def cell(kind, value):
    if kind == "integer":
        return str(int(value))
    if kind == "double":
        return struct.pack(">d", value).hex()
    if kind == "boolean":
        return bool(value)
    return value


def check(reader, names, columns):
    assert names == [column["name"] for column in expected["columns"]], f"{reader}: {names}"
    for column, values in zip(expected["columns"], columns):
        found = [cell(column["type"], value) for value in values]
        if found != column["cells"]:
            row = next((i for i, pair in enumerate(zip(found, column["cells"])) if pair[0] != pair[1]), len(found))
            sys.exit(f"{reader}: {column['name']} differs in row {row} of {len(found)}: {found[row:row + 1]}")


frame = pandas.read_parquet(path)
check("pandas", list(frame.columns), [frame[name].tolist() for name in frame.columns])

file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
table = file.read()
check("pyarrow", table.column_names, [column.to_pylist() for column in table.columns])
for column, read in zip(expected["columns"], table.columns):
    assert read.null_count == 0, column["name"]

relation = duckdb.read_parquet(path)
check("duckdb", relation.columns, list(zip(*relation.fetchall())) or [() for _ in relation.columns])
# Bounds in the footer that are wrong would make a reader skip what it is looking for.
for name, values in list(zip(relation.columns, zip(*relation.fetchall())))[:12]:
    for value in list(dict.fromkeys(values))[:12]:
        quoted = '"' + name.replace('"', '""') + '"'
        found = duckdb.execute(f"SELECT count(*) FROM read_parquet(?) WHERE {quoted} = ?", [path, value]).fetchone()[0]
        wanted = sum(other == value or (other != other and value != value) for other in values)
        assert found == wanted, f"duckdb finds {value!r} {found} times in {name}, not {wanted}"

metadata = {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()}
assert metadata == expected["metadata"], metadata
groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
chunks = [group.column(i) for group in groups for i in range(group.num_columns)]
print(
    json.dumps(
        {
            "schema": {field.name: str(field.type) for field in file.schema_arrow},
            "rows": file.metadata.num_rows,
            "row_groups": [group.num_rows for group in groups],
            "encodings": sorted({encoding for chunk in chunks for encoding in chunk.encodings}),
            "codecs": sorted({chunk.compression for chunk in chunks}),
            "bounds": {
                chunk.path_in_schema: [repr(chunk.statistics.min), repr(chunk.statistics.max)]
                for chunk in chunks
                if chunk.statistics.has_min_max
            },
            "nulls": sum(chunk.statistics.null_count for chunk in chunks),
        }
    )
)
