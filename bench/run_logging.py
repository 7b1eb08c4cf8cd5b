"""Logs ten metrics a call, so many times, with one tracker at its own defaults; prints what it took as JSON.

loop: seconds of all calls; median: microseconds of a call; durable: seconds until everything was kept."""

import json
import os
import resource
import sys
import time

tracker, calls, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.chdir(folder)
out = os.dup(1)
os.dup2(2, 1)  # what a tracker prints is not the result


def ours():
    import ml_tracking

    run = ml_tracking.start_run("bench", store=os.path.join(folder, "store"))
    return lambda metrics, step: run.log(metrics, step=step), run.flush, run.finish


def trackio():
    os.environ["TRACKIO_DIR"] = os.path.join(folder, "trackio")
    import trackio

    trackio.init(project="bench")
    return lambda metrics, step: trackio.log(metrics, step=step), None, trackio.finish


def wandb():
    os.environ["WANDB_MODE"] = "offline"
    import wandb

    run = wandb.init(project="bench", dir=folder)
    return lambda metrics, step: run.log(metrics, step=step), None, run.finish


def mlflow():
    os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{folder}/mlflow.db"
    import mlflow

    mlflow.set_experiment("bench")
    mlflow.start_run()
    return lambda metrics, step: mlflow.log_metrics(metrics, step=step), None, mlflow.end_run


log, flush, finish = {"ours": ours, "trackio": trackio, "wandb": wandb, "mlflow": mlflow}[tracker]()
names = [f"metric {i}" for i in range(10)]
log(dict.fromkeys(names, 0.5), 0)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
times = []
start = time.perf_counter()
for step in range(1, calls + 1):
    metrics = {name: step * 0.1234567 + i for i, name in enumerate(names)}
    called = time.perf_counter()
    log(metrics, step)
    times.append(time.perf_counter() - called)
looped = time.perf_counter()
(flush or finish)()
durable = time.perf_counter()
if flush:
    finish()
times.sort()
result = {
    "loop": sum(times),
    "median": times[len(times) // 2] * 1e6,
    "99th": times[len(times) * 99 // 100] * 1e6,
    "durable": durable - start,
    "grown": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    "finished": time.perf_counter() - durable,
}
os.write(out, json.dumps(result).encode())
