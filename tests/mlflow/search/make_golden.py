"""Writes golden/*.json: what MLflow's own SQL store finds, in which order, and what it refuses.

    python tests/mlflow/search/make_golden.py

needs mlflow 3.18.0 with its SQL store. Where mlflow-skinny and mlflow-tracing are not published at that
version, `pip install --no-deps mlflow==3.18.0` over an installed mlflow 3.17.2 does. Ids, times and cases are
the same at each call.
"""

import itertools
import json
import math
import pathlib
import random
import re
import sys
import tempfile
import uuid

sys.dont_write_bytecode = True
ids = random.Random(1)
uuid.uuid4 = lambda: uuid.UUID(int=ids.getrandbits(128), version=4)

import mlflow
import mlflow.store.model_registry.sqlalchemy_store as registry_module
import mlflow.store.tracking.sqlalchemy_store as tracking_module
from mlflow.entities import (
    Dataset,
    DatasetInput,
    ExperimentTag,
    InputTag,
    LoggedModelParameter,
    LoggedModelStatus,
    LoggedModelTag,
    Metric,
    Param,
    RunStatus,
    RunTag,
    ViewType,
)
from mlflow.entities.model_registry import ModelVersionTag, RegisteredModelTag
from mlflow.exceptions import MlflowException

import filters

folder = pathlib.Path(__file__).resolve().parent / "golden"
clock = itertools.count(1_790_000_000_000, 1000)
tracking_module.get_current_time_millis = lambda: next(clock)
registry_module.get_current_time_millis = lambda: next(clock)


def plain(value):
    """A number as JSON can hold it."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def settled(message):
    """A message without what differs from call to call: the order of sets, addresses."""
    in_order = lambda found: "{" + ", ".join(sorted(found[1].split(", "))) + "}"
    return re.sub(r"\{([^{}]*)\}", in_order, re.sub(r" object at 0x\w+", "", message))


def answer(find, key):
    """The keys found, or how MLflow refuses. A refusal that is no 400 is a fault of MLflow's."""
    try:
        return {"ids": [key(item) for item in find()]}
    except MlflowException as error:
        return {"error": settled(error.message), "code": error.error_code}
    except Exception as error:
        return {"error": settled(f"{type(error).__name__}: {str(error).splitlines()[0]}"), "code": "INTERNAL_ERROR"}


def write(kind, items, cases):
    """`found` has the items by their place in `items`."""
    place = {item["id"]: number for number, item in enumerate(items)}
    for case in cases:
        if "ids" in case:
            case["found"] = [place[found] for found in case.pop("ids")]
    with open(folder / f"{kind}.json", "w", encoding="utf-8") as file:
        file.write(f'{{\n"mlflow": "{mlflow.__version__}",\n"items": [\n')
        file.write(",\n".join(json.dumps(item) for item in items))
        file.write('\n],\n"cases": [\n')
        file.write(",\n".join(json.dumps(case) for case in cases))
        file.write("\n]\n}\n")
    refused = sum("error" in case for case in cases)
    print(f"{kind}: {len(items)} items, {len(cases)} cases, {refused} of them refused")


def make_experiments(store):
    made = [
        ("iris", {"team": "vision", "kind of": "A b"}),
        ("Iris", {"team": "Vision"}),
        ("iris/large", {"team": "text", "owner.name": "Ada"}),
        ("iris_2", {"stage": "dev"}),
        ("iris-2", {"stage": "prod", "team": "vision"}),
        ("100% done", {}),
        ("it's", {"team": ""}),
        ("Zebra", {"mlflow.note.content": "first\nsecond"}),
        ("Émile", {"team": "été"}),
    ]
    for name, tags in made:
        store.create_experiment(name, tags=[ExperimentTag(key, value) for key, value in tags.items()])
    store.rename_experiment("2", "Iris two")
    everything = store.search_experiments(ViewType.ALL, max_results=1000)
    items = [
        {
            "id": e.experiment_id,
            "attributes": {
                "experiment_id": e.experiment_id,
                "name": e.name,
                "creation_time": e.creation_time,
                "last_update_time": e.last_update_time,
            },
            "tags": dict(e.tags),
        }
        for e in everything
    ]
    cases = []
    for text, order in filters.experiments(items):
        found = answer(
            lambda: store.search_experiments(ViewType.ALL, 1000, text, order), lambda e: e.experiment_id
        )
        cases.append({"filter": text, "order_by": order, **found})
    write("experiments", items, cases)


def make_runs(store):
    chance = random.Random(2)
    experiment = store.create_experiment("runs")
    names = ["swift-owl-1", "Swift-Owl-2", "100% sure", "it's me", "a_b", "axb", "été", "ÉTÉ", "-", "x.y", "long name"]
    values = [0.0, -0.0, 0.5, 0.9, 1.0, -1.5, 1e-9, 123456789.125, math.nan, math.inf, -math.inf, 1e300]
    for number in range(60):
        user = chance.choice(["ada", "Ada", "bob", ""])
        start = 1_780_000_000_000 + chance.randrange(12) * 1000
        tags = [RunTag("team", t)] if (t := chance.choice(["a", "A", "b", None])) is not None else []
        if chance.random() < 0.4:
            tags.append(RunTag("kind of", chance.choice(["one", "two", "Two"])))
        if chance.random() < 0.3:
            tags.append(RunTag("owner.name", chance.choice(["Ada L", "Bob", "10%"])))
        if chance.random() < 0.3:
            tags.append(RunTag("mlflow.loggedArtifacts", '[{"path": "t.json", "type": "table"}]'))
        if chance.random() < 0.2:
            tags.append(RunTag("note", chance.choice(["first\nsecond", "", "back\\slash", 'dou"ble', "tick`ed"])))
        run = store.create_run(experiment, user, start, tags, names[number % len(names)])
        run_id = run.info.run_id
        metrics = [
            Metric(key, chance.choice(values), 1000, 0)
            for key in ["m", "val/acc", "val loss", "a.b", "f1-score", "x:y", "größe"]
            if chance.random() < 0.7
        ]
        params = [
            Param(key, chance.choice(options))
            for key, options in {
                "lr": ["0.1", "0.01", "1e-3", "10", "9", ""],
                "model name": ["Forest", "forest", "SVM", "x_y", "xzy"],
                "opt.name": ["adam", "Adam", "sgd"],
                "depth-max": ["3", "12", "None"],
                "p/q": ["100%", "it's", "a b", "\U0001f600", "\uffee"],
            }.items()
            if chance.random() < 0.7
        ]
        store.log_batch(run_id, metrics, params, [])
        datasets = chance.sample([("train set", "d1"), ("test", "d2"), ("Test", "d3")], chance.randrange(3))
        if datasets:
            store.log_inputs(
                run_id,
                [
                    DatasetInput(
                        Dataset(name, digest, "local", "{}"),
                        [InputTag("mlflow.data.context", c)]
                        if (c := chance.choice(["training", "eval", None]))
                        else [],
                    )
                    for name, digest in datasets
                ],
            )
        if chance.random() < 0.7:
            status = chance.choice([RunStatus.FINISHED, RunStatus.FAILED, RunStatus.KILLED])
            store.update_run_info(run_id, status, start + chance.randrange(5) * 500, None)
    everything = store.search_runs([experiment], "", ViewType.ACTIVE_ONLY, 1000)
    items = []
    for run in everything:
        info, data = run.info, run.data
        attributes = {
            "run_id": info.run_id,
            "run_name": info.run_name,
            "user_id": info.user_id,
            "status": info.status,
            "start_time": info.start_time,
            "end_time": info.end_time,
            "artifact_uri": info.artifact_uri,
        }
        items.append({
            "id": info.run_id,
            "attributes": {key: value for key, value in attributes.items() if value is not None},
            "metrics": {key: plain(value) for key, value in sorted(data.metrics.items())},
            "params": dict(sorted(data.params.items())),
            "tags": dict(sorted(data.tags.items())),
            "datasets": [
                {
                    "name": given.dataset.name,
                    "digest": given.dataset.digest,
                    **{"context": tag.value for tag in given.tags if tag.key == "mlflow.data.context"},
                }
                for given in run.inputs.dataset_inputs
            ],
        })
    cases = []
    for text, order in filters.runs(items):
        found = answer(
            lambda: store.search_runs([experiment], text, ViewType.ACTIVE_ONLY, 1000, order),
            lambda run: run.info.run_id,
        )
        cases.append({"filter": text, "order_by": order, **found})
    write("runs", items, cases)


def make_registry(store, name):
    models = [
        ("iris", {"team": "a"}, 3),
        ("Iris", {"team": "A"}, 2),
        ("iris_x", {"kind of": "one"}, 1),
        ("iris-x", {"kind of": "one", "team": "b"}, 1),
        ("100%", {}, 0),
        ("greeting", {"mlflow.prompt.is_prompt": "true", "team": "a"}, 2),
        ("Zoo", {"owner.name": "Ada", "mlflow.prompt.is_prompt": "false"}, 2),
        ("it's", {"team": ""}, 1),
    ]
    for model, tags, versions in models:
        store.create_registered_model(model, [RegisteredModelTag(k, v) for k, v in tags.items()])
        for number in range(versions):
            version_tags = {**tags, "number": str(number)} if number else dict(tags)
            store.create_model_version(
                model,
                f"/models/{model}/{number}",
                run_id=f"run{number}" if number != 1 else None,
                tags=[ModelVersionTag(k, v) for k, v in version_tags.items()],
            )
    store.update_registered_model("Iris", "touched")
    store.update_model_version("iris", 1, "touched")
    prompt = "tag.`mlflow.prompt.is_prompt` = 'true'"

    everything = [*store.search_registered_models("", 100), *store.search_registered_models(prompt, 100)]
    items = [
        {
            "id": m.name,
            "attributes": {
                "name": m.name,
                "creation_timestamp": m.creation_timestamp,
                "last_updated_timestamp": m.last_updated_timestamp,
            },
            "tags": dict(m._tags),
        }
        for m in everything
    ]
    cases = []
    for text, order in filters.registered_models(items):
        found = answer(lambda: store.search_registered_models(text, 100, order), lambda m: m.name)
        cases.append({"filter": text, "order_by": order, **found})
    write("registered_models", items, cases)

    everything = [*store.search_model_versions("", 1000), *store.search_model_versions(prompt, 1000)]
    items = []
    for v in everything:
        attributes = {
            "name": v.name,
            "version_number": int(v.version),
            "run_id": v.run_id,
            "source_path": v.source,
            "creation_timestamp": v.creation_timestamp,
            "last_updated_timestamp": v.last_updated_timestamp,
        }
        items.append({
            "id": f"{v.name}/{v.version}",
            "attributes": {key: value for key, value in attributes.items() if value is not None},
            "tags": dict(v.tags),
        })
    cases = []
    for text, order in filters.model_versions(items):
        found = answer(lambda: store.search_model_versions(text, 1000, order), lambda v: f"{v.name}/{v.version}")
        cases.append({"filter": text, "order_by": order, **found})
    write("model_versions", items, cases)


def make_logged_models(store):
    chance = random.Random(3)
    experiment = store.create_experiment("logged models")
    run = store.create_run(experiment, "ada", 1000, [], "source").info.run_id
    # NaN is left out: MLflow keeps it as 0 here, and finds and orders it as 0.
    values = [0.0, 0.5, 0.9, -1.5, 1e300, math.inf, 0.5]
    logged = {}
    for number in range(24):
        model = store.create_logged_model(
            experiment,
            name=chance.choice(["forest", "Forest", "svm", "x_y", "net-2"]),
            source_run_id=run if chance.random() < 0.5 else None,
            tags=[LoggedModelTag(k, chance.choice(["a", "b", "A"])) for k in ["team", "kind of"] if chance.random() < 0.6],
            params=[
                LoggedModelParameter(k, chance.choice(["0.1", "0.01", "10", "deep"]))
                for k in ["lr", "opt.name"]
                if chance.random() < 0.7
            ],
            model_type=chance.choice(["sklearn", "keras", None]),
        )
        if chance.random() < 0.7:
            store.finalize_logged_model(
                model.model_id, chance.choice([LoggedModelStatus.READY, LoggedModelStatus.FAILED])
            )
        logged[model.model_id] = []
        for key in ["acc", "val loss"]:
            for step in range(chance.randrange(3)):
                dataset = chance.choice([("train", "d1"), ("train", "d2"), ("test", "d3"), (None, None)])
                value = chance.choice(values)
                store.log_metric(
                    run,
                    Metric(
                        key,
                        value,
                        1000 + number,
                        step,
                        model_id=model.model_id,
                        dataset_name=dataset[0],
                        dataset_digest=dataset[1],
                        run_id=run,
                    ),
                )
                at = {"key": key, "value": plain(value), "timestamp": 1000 + number, "step": step}
                if dataset[0] is not None:
                    at |= {"dataset_name": dataset[0], "dataset_digest": dataset[1]}
                logged[model.model_id].append(at)
    items = []
    for m in store.search_logged_models([experiment], max_results=1000):
        attributes = {
            "name": m.name,
            "model_id": m.model_id,
            "model_type": m.model_type,
            "status": m.status.value,
            "source_run_id": m.source_run_id,
            "experiment_id": m.experiment_id,
            "artifact_location": m.artifact_location,
            "creation_timestamp": m.creation_timestamp,
            "last_updated_timestamp": m.last_updated_timestamp,
        }
        items.append({
            "id": m.model_id,
            "attributes": {key: value for key, value in attributes.items() if value is not None},
            "logged": logged[m.model_id],
            "params": m.params,
            "tags": m.tags,
        })
    cases = []
    for text, order, datasets in filters.logged_models(items):
        found = answer(
            lambda: store.search_logged_models([experiment], text, datasets, 1000, order), lambda m: m.model_id
        )
        cases.append({"filter": text, "order_by": order, "datasets": datasets, **found})
    write("logged_models", items, cases)


if __name__ == "__main__":
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        uri = f"sqlite:///{place}/mlflow.db"
        tracking = tracking_module.SqlAlchemyStore(uri, "mlflow-artifacts:/")
        make_experiments(tracking)
        make_runs(tracking)
        make_registry(registry_module.SqlAlchemyStore(uri), "registry")
        make_logged_models(tracking)
