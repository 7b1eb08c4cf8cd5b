"""Fills MLflow's database with runs such as bench/runs-store.js makes: by its own interface that would take hours."""

import random
import sqlite3
import sys

database, experiment, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
pick = random.Random(5)
connection = sqlite3.connect(database)
start = 1_767_225_600_000
runs, metrics, params, tags = [], [], [], []
for number in range(count):
    run = f"{number:032x}"
    began = start + number * 60_000
    ended = began + pick.randrange(3_600_000)
    runs.append((run, f"trial {number}", "LOCAL", "train.py", "", "ann", "FINISHED", began, ended, "", "active", f"mlflow-artifacts:/{experiment}/{run}/artifacts", experiment))
    for key in ("loss", "val/accuracy", "epoch", "grad/norm"):
        metrics.append((key, pick.random(), ended, 10, 0, run))
    params += [("lr", str(pick.random() / 10), run), ("optimizer", pick.choice(["adam", "sgd", "lamb"]), run), ("layers", str(pick.randrange(20)), run), ("batch", str(pick.choice([32, 64, 128])), run)]
    tags += [("team", pick.choice("abc"), run), ("stage", pick.choice(["debug", "sweep"]), run), ("mlflow.runName", f"trial {number}", run)]
with connection:
    names = "run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id"
    connection.executemany(f"INSERT INTO runs ({names}) VALUES ({', '.join('?' * 13)})", runs)
    for table in ("metrics", "latest_metrics"):
        connection.executemany(f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", metrics)
    connection.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
    connection.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", tags)
