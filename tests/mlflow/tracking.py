"""What a user logs and asks for: runs, metrics, parameters, tags, artifacts, data sets, searches, experiments."""

import asyncio
import math
import os
import pathlib
import re
from concurrent.futures import ThreadPoolExecutor

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot
import mlflow
import numpy
import pandas
from mlflow.entities import Metric, Param, RunTag, ViewType
from seen import artifacts, client, found, number, refused, run_parts, seen


def by_hand() -> None:
    with mlflow.start_run(run_name="by hand") as run:
        mlflow.log_param("lr", 0.1)
        mlflow.log_params({"layers": [1, 2], "name": "x y", "empty": ""})
        for step in range(5):
            mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
        mlflow.log_metric("val/loss", 9.0, step=2)
        mlflow.log_metrics({"nan": math.nan, "acc": 0.5}, step=3)
        mlflow.log_metrics({f"many {i}": i for i in range(2500)})
        mlflow.set_tags({"team": "a", "mlflow.note.content": "# A note"})
        with mlflow.start_run(nested=True, run_name="child"):
            mlflow.log_metric("m", 1)
            parent = mlflow.get_parent_run(mlflow.active_run().info.run_id)
    run_id = run.info.run_id
    found["by hand"] = {**seen(run_id), "metrics": None, "parent": parent.info.run_id == run_id}
    data = client.get_run(run_id).data
    found["metrics"] = [len(data.metrics), number(data.metrics["val/loss"]), number(data.metrics["nan"])]
    found["last"] = mlflow.last_active_run().info.run_id == run_id
    client.log_metric(run_id, "late", 7)
    client.set_tag(run_id, "late", "yes")
    with mlflow.start_run(run_id=run_id):
        resumed = client.get_run(run_id).info
        mlflow.log_metric("resumed", 1)
    found["resumed"] = [resumed.status, *(client.get_run(run_id).data.metrics[key] for key in ("late", "resumed"))]
    found["refused"] = {
        "changed": refused(lambda: client.log_param(run_id, "lr", 7)),
        "no run": refused(lambda: client.get_run("a" * 32)),
        "no experiment": refused(lambda: client.create_run("77777777")),
        "bad filter": refused(lambda: mlflow.search_runs(filter_string="metrics.a ~ 1"))[:1],
        "no tag": refused(lambda: client.delete_tag(run_id, "none"))[:1],
        "twice": refused(lambda: client.create_experiment("battery"))[:1],
    }
    found["odd name"] = refused(lambda: client.log_metric(run_id, "a;b", 1))[:1]
    client.delete_tag(run_id, "late")
    client.delete_run(run_id)
    found["deleted"] = [len(mlflow.search_runs(filter_string="tags.team = 'a'")), refused(lambda: client.log_metric(run_id, "x", 1))[:1]]
    found["in the trash"] = [each.info.run_name for each in client.search_runs(["0", *ids("battery")], "", ViewType.DELETED_ONLY)]
    client.restore_run(run_id)
    client.update_run(run_id, name="renamed")
    found["renamed"] = client.get_run(run_id).data.tags["mlflow.runName"]
    client.set_tag(run_id, "mlflow.runName", "by a tag")
    found["renamed again"] = client.get_run(run_id).info.run_name
    client.set_terminated(run_id, "KILLED", end_time=1_700_000_000_000)
    found["killed"] = [client.get_run(run_id).info.status, client.get_run(run_id).info.end_time]


def ids(*names: str) -> list[str]:
    return [client.get_experiment_by_name(name).experiment_id for name in names]


def ends() -> None:
    """How runs end, and what is logged late, early or at once."""
    try:
        with mlflow.start_run(run_name="fails") as failed:
            raise ValueError
    except ValueError:
        pass
    made = client.create_run(ids("battery")[0], start_time=1_600_000_000_123, tags={"mlflow.user": "ada", "a": "b"}, run_name="made")
    found["fails"] = client.get_run(failed.info.run_id).info.status
    found["made"] = [made.info.start_time, made.info.status, made.info.run_name, made.data.tags, made.info.end_time]
    run_id = made.info.run_id
    client.log_batch(
        run_id,
        [Metric("m", value, 1000 * step, step) for step, value in [(3, 0.5), (1, math.inf), (2, -1e-300), (3, 0.25)]],
        [Param("p", "v"), Param("long", "x" * 7000), Param("unicode", "größe 🦊\n\ttab"), Param("p", "v")][:3],
        [RunTag("t", "1"), RunTag("t", "2"), RunTag("long", "y" * 9000), RunTag("line", "a\nb\r\nc")],
    )
    run = client.get_run(run_id)
    found["batch"] = [number(run.data.metrics["m"]), {key: value[:20] for key, value in run.data.params.items()}, run.data.tags["t"], run.data.tags["line"]]
    found["lengths"] = [len(run.data.params["long"]), len(run.data.tags["long"])]
    history = client.get_metric_history(run_id, "m")
    found["history"] = [[each.step, each.timestamp, number(each.value)] for each in history if each.step != 1]
    found["infinity"] = str(history[0].value)
    found["no history"] = client.get_metric_history(run_id, "none")
    client.log_param(run_id, "p", "v")
    found["again"] = client.log_param(run_id, "number", 3)
    client.set_terminated(run_id, "FINISHED", end_time=1_600_000_009_999)
    found["ended"] = [client.get_run(run_id).info.end_time, client.get_run(run_id).info.status]
    client.update_run(run_id, status="RUNNING")
    found["running"] = client.get_run(run_id).info.status


def files() -> None:
    """Artifacts of every kind, up and down again."""
    folder = pathlib.Path("folder/inner")
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder.parent / "ö b.bin").write_bytes(bytes(range(256)) * 5000)
    with mlflow.start_run(run_name="files") as run:
        mlflow.log_text("hello", "texts/a b+c%.txt")
        mlflow.log_dict({"a": [1, 2]}, "d.json")
        mlflow.log_dict({"a": [1, 2]}, "d.yaml")
        mlflow.log_table(pandas.DataFrame({"x": [1, 2], "y": ["a", "b"]}), "t.json")
        mlflow.log_table(pandas.DataFrame({"x": [3], "y": ["c"]}), "t.json")
        mlflow.log_artifact("folder/ö b.bin", "deep/er")
        mlflow.log_artifacts("folder", "whole")
        figure, axes = matplotlib.pyplot.subplots(figsize=(1, 1))
        axes.plot([1, 2])
        mlflow.log_figure(figure, "plots/line.png")
        mlflow.log_image(numpy.zeros((4, 4, 3), dtype=numpy.uint8), "black.png")
        mlflow.log_image(numpy.zeros((4, 4), dtype=numpy.uint8), key="dark", step=3)
    run_id = run.info.run_id
    listed = artifacts(run_id)
    found["files"] = [each for each in listed if not each.startswith("images/")]
    found["images"] = sorted(re.sub(r"timestamp.*[0-9a-f]{12}", "MOMENT", each) for each in listed if each.startswith("images/"))
    found["sizes"] = {each.path: [each.is_dir, each.file_size] for each in client.list_artifacts(run_id) if each.path.endswith((".json", ".yaml")) or each.is_dir}
    found["text"] = mlflow.artifacts.load_text(f"runs:/{run_id}/texts/a b+c%.txt")
    found["dict"] = mlflow.artifacts.load_dict(f"runs:/{run_id}/d.json")
    found["image"] = mlflow.artifacts.load_image(f"runs:/{run_id}/black.png").size
    found["table"] = mlflow.load_table("t.json", run_ids=[run_id], extra_columns=["run_id"]).drop(columns="run_id").to_dict()
    whole = pathlib.Path(mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="whole"))
    found["folder"] = sorted([str(each.relative_to(whole)), each.stat().st_size] for each in whole.rglob("*") if each.is_file())
    found["same bytes"] = (whole / "ö b.bin").read_bytes() == bytes(range(256)) * 5000
    everything = pathlib.Path(client.download_artifacts(run_id, "", dst_path=str(pathlib.Path.cwd())))
    found["everything"] = len([each for each in everything.rglob("*") if each.is_file()]) >= len(listed)
    found["listed"] = [each.path for each in mlflow.artifacts.list_artifacts(run_id=run_id, artifact_path="whole")]
    found["nothing"] = [client.list_artifacts(run_id, "none"), refused(lambda: mlflow.artifacts.load_text(f"runs:/{run_id}/none.txt"))[:1]]
    repository = mlflow.store.artifact.artifact_repository_registry.get_artifact_repository(run.info.artifact_uri)
    repository.delete_artifacts("whole")
    repository.delete_artifacts("d.json")
    found["removed"] = [each for each in artifacts(run_id) if each.startswith(("whole", "d."))]


def data_sets() -> None:
    frame = pandas.DataFrame({"x": [1.5, 2.5], "label": ["a", "b"]})
    first = mlflow.data.from_pandas(frame, source="https://example.com/frame.csv", name="frame", targets="label")
    with mlflow.start_run(run_name="data") as run:
        mlflow.log_input(first, context="training", tags={"fold": "1"})
        mlflow.log_input(mlflow.data.from_numpy(numpy.zeros((3, 2)), name="zeros"))
        mlflow.log_input(first, context="test")
        mlflow.log_metric("rmse", 0.5, dataset=first)
        mlflow.log_metrics({"mae": 0.25}, dataset=first, step=2)
    inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
    found["inputs"] = sorted(
        [each.dataset.name, each.dataset.digest, each.dataset.source_type, each.dataset.schema, each.dataset.profile, sorted([tag.key, tag.value] for tag in each.tags)]
        for each in inputs
    )
    found["source"] = mlflow.data.get_source(next(each for each in inputs if each.dataset.name == "frame")).url
    found["of data"] = client.get_run(run.info.run_id).data.metrics
    for text in ("datasets.name = 'frame'", "dataset.digest = 'none'", "datasets.context = 'training'", "datasets.name LIKE 'ze%'"):
        found[text] = [each.info.run_name for each in client.search_runs(ids("battery"), text)]


def searches() -> None:
    """Frames with their columns, orders, pages, filters."""
    experiment = client.create_experiment("searched")
    for i in range(25):
        with mlflow.start_run(experiment_id=experiment, run_name=f"run {i:02}"):
            mlflow.log_params({"i": i, **({"odd": "yes"} if i % 2 else {})})
            mlflow.log_metrics({"score": [0.5, math.nan, i / 10][i % 3], **({"rare": i} if i > 20 else {})})
            mlflow.set_tag("kind", f"kind {i % 4}")
    frame = mlflow.search_runs([experiment], order_by=["params.i ASC"])
    found["columns"] = sorted([name, str(frame[name].dtype)] for name in frame.columns)
    logged = frame[[each for each in frame.columns if each.startswith(("metrics.", "params.", "tags.kind"))]]
    found["frame"] = logged.astype(object).where(logged.notna(), "nothing").astype(str).to_dict("list")
    mlflow.tracking.fluent.NUM_RUNS_PER_PAGE_PANDAS = 7
    found["paged"] = [each.info.run_name for each in mlflow.search_runs(experiment_names=["searched"], output_format="list")]
    pages = []
    token = None
    while token is not None or not pages:
        page = client.search_runs([experiment], "", max_results=10, order_by=["attributes.start_time ASC"], page_token=token)
        pages.append([each.info.run_name for each in page])
        token = page.token
    found["pages"] = pages
    for text in (
        "metrics.rare >= 22 AND tags.kind != 'kind 0'",
        "params.odd = 'yes' and metrics.score < 1",
        "params.`i` = '3'",
        "attributes.run_name ILIKE 'RUN 1_'",
        "attributes.status = 'FINISHED' AND tags.`mlflow.runName` LIKE '%0'",
        "start_time > 0 AND run_name = 'run 24'",
        "params.none != 'x'",
        "metrics.score = 0.5 AND metrics.rare != 21",
    ):
        found[text] = sorted(each.info.run_name for each in client.search_runs([experiment], text))
    for order in (["metrics.score DESC", "params.i ASC"], ["metrics.rare ASC", "attributes.start_time DESC"], ["params.odd DESC", "tags.kind ASC", "run_name"]):
        found[str(order)] = [each.info.run_name for each in client.search_runs([experiment], order_by=order)]
    found["everywhere"] = len(mlflow.search_runs(search_all_experiments=True, filter_string="params.i = '7'"))
    found["empty"] = [mlflow.search_runs([experiment], "params.i = 'none'").shape[0], list(client.search_runs([], ""))]
    found["bad searches"] = {
        text: refused(lambda: client.search_runs([experiment], text))[:1]
        for text in ("params.i > 3", "metrics.score = 'a'", "a = 1 OR b = 2", "nothing.a = 'b'", "tags.kind", "attributes.none = 'a'")
    }
    found["bad pages"] = [refused(lambda: client.search_runs([experiment], "", page_token="nonsense"))[:1], refused(lambda: client.search_runs([experiment], max_results=0))[:1]]


def experiments() -> None:
    first = client.create_experiment("first", tags={"team": "a", "empty": ""})
    location = "mlflow-artifacts:/elsewhere"
    second = client.create_experiment("second/with: odd * name?", artifact_location=location)
    for experiment in (first, second):
        got = client.get_experiment(experiment)
        found[got.name] = [got.lifecycle_stage, got.tags, got.artifact_location.replace(experiment, "ID"), got.creation_time > 0, got.last_update_time >= got.creation_time]
    with mlflow.start_run(experiment_id=second) as run:
        mlflow.log_text("x", "x.txt")
    found["elsewhere"] = [run.info.artifact_uri.replace(run.info.run_id, "RUN"), artifacts(run.info.run_id)]
    client.set_experiment_tag(first, "team", "b")
    mlflow.set_experiment("first")
    mlflow.set_experiment_tags({"x": "1", "y": "2"})
    client.delete_experiment_tag(first, "empty")
    found["tags"] = client.get_experiment(first).tags
    client.rename_experiment(first, "renamed")
    found["names"] = [client.get_experiment(first).name, client.get_experiment_by_name("first"), client.get_experiment_by_name("renamed").experiment_id == first]
    with mlflow.start_run(run_name="in it") as run:
        pass
    client.delete_experiment(first)
    found["deleted experiment"] = [
        client.get_experiment_by_name("renamed").lifecycle_stage,
        client.get_run(run.info.run_id).info.lifecycle_stage,
        refused(lambda: client.create_run(first))[:1],
        refused(lambda: client.create_experiment("renamed"))[:1],
        refused(lambda: mlflow.set_experiment("renamed"))[:1],
        refused(lambda: client.log_metric(run.info.run_id, "a", 1))[:1],
        refused(lambda: client.delete_experiment(first))[:1],
        refused(lambda: client.set_experiment_tag(first, "a", "b"))[:1],
    ]
    found["views"] = {str(view): sorted(each.name for each in client.search_experiments(view)) for view in (ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL)}
    client.restore_experiment(first)
    found["restored"] = [client.get_experiment(first).lifecycle_stage, client.get_run(run.info.run_id).info.lifecycle_stage]
    found["experiments"] = {
        text: [each.name for each in client.search_experiments(filter_string=text, order_by=["name ASC"])]
        for text in ("name LIKE '%e%'", "tags.team = 'b'", "name ILIKE 'SEC%' AND creation_time > 0", "name != 'Default'")
    }
    page = client.search_experiments(max_results=2, order_by=["name DESC"])
    found["pages of experiments"] = [[each.name for each in page], [each.name for each in client.search_experiments(max_results=2, order_by=["name DESC"], page_token=page.token)]]
    found["newest first"] = [each.name for each in client.search_experiments()][:2]
    found["refused experiments"] = {
        "no name": refused(lambda: client.create_experiment("")),
        "long": refused(lambda: client.create_experiment("x" * 501))[:1],
        "default": refused(lambda: client.get_experiment("123456")),
        "no tag": refused(lambda: client.delete_experiment_tag(first, "none"))[:1],
        "bad filter": refused(lambda: client.search_experiments(filter_string="metrics.a = 1"))[:1],
    }
    found["taken"] = refused(lambda: client.rename_experiment(first, "battery"))[:1]
    found["default"] = client.get_experiment("0").name
    mlflow.set_experiment("battery")


def environment() -> None:
    """What variables of the environment say to a script."""
    run = client.create_run(ids("battery")[0], run_name="from outside")
    for name, value, what in (
        ("MLFLOW_RUN_ID", run.info.run_id, lambda active: active.info.run_id == run.info.run_id),
        ("MLFLOW_EXPERIMENT_NAME", "by a variable", lambda active: active.info.experiment_id in ids("battery")),
        ("MLFLOW_TRACKING_USERNAME", "somebody", lambda active: active.info.status),
    ):
        os.environ[name] = value
        with mlflow.start_run() as active:
            found[name] = what(active)
        os.environ.pop(name, None)
    found["from outside"] = client.get_run(run.info.run_id).info.status


def at_once() -> None:
    """Ten threads log to one run, and coroutines by threads of theirs."""
    run = client.create_run(ids("battery")[0], run_name="at once")
    run_id = run.info.run_id
    # MLflow's own server may refuse the first of a name where two log it at the same moment.
    client.log_batch(run_id, [Metric("shared", -1, 0, -1), Metric("threaded", -1, 0, -1)])

    def write(writer: int) -> None:
        for step in range(8):
            client.log_metric(run_id, "shared", writer * 100 + step, step=writer * 100 + step)
        client.log_batch(run_id, [Metric(f"own {writer}", i, i, i) for i in range(100)], [Param(f"p{writer}", "v")], [RunTag(f"t{writer}", "v")])
        client.log_text(run_id, "x" * writer, f"texts/{writer}.txt")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(10)))

    async def gather() -> None:
        await asyncio.gather(*(asyncio.to_thread(mlflow.log_metric, "threaded", i, step=i, run_id=run_id) for i in range(10)))

    asyncio.run(gather())
    client.set_terminated(run_id)
    found["at once"] = seen(run_id)
    found["all of them"] = [
        sorted(each.step for each in client.get_metric_history(run_id, "shared")),
        sum(len(client.get_metric_history(run_id, f"own {writer}")) for writer in range(10)),
        sorted(each.value for each in client.get_metric_history(run_id, "threaded")),
    ]
    with mlflow.start_run(run_name="later") as run:
        waiting = [mlflow.log_metric("m", i, step=i, synchronous=False) for i in range(20)]
        mlflow.log_params({"a": 1}, synchronous=False).wait()
        mlflow.set_tags({"b": 2}, synchronous=False).wait()
        for each in waiting:
            each.wait()
    found["later"] = [sorted(each.step for each in client.get_metric_history(run.info.run_id, "m")), seen(run.info.run_id)["params"]]


if __name__ == "__main__":
    run_parts([by_hand, ends, files, data_sets, searches, experiments, environment, at_once])
