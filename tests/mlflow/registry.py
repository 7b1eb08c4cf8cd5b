"""Registers, versions, tags, searches and loads models with MLflow's client, and prints what came of each call as JSON.

registry.json is what MLflow's own server 3.17.2 made of it, over SQLite: the member `found` of what is printed.
"""

import json
import logging
import os
import re
import sys
import tempfile
import warnings

os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"

import mlflow
import numpy
from mlflow import MlflowClient
from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus, Metric
from mlflow.exceptions import MlflowException

warnings.filterwarnings("ignore")
logging.getLogger("mlflow").setLevel(logging.ERROR)
client = MlflowClient()
found: dict[str, object] = {}
# Where MLflow's own server answers status 500, or finds nothing for a reason of its database.
own: dict[str, object] = {}


def refused(call, words: int = 200) -> list[str]:
    """The code of an error and the beginning of its message, without ids."""
    try:
        return ["not refused", str(call())[:60]]
    except MlflowException as error:
        text = re.sub(r"m-[0-9a-f]{32}|[0-9a-f]{32}|[0-9a-z]{16}(?=')", "ID", error.message)
        return [error.error_code, text[:words]]


def without_ids(tags: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if key != "_mlflow_experiment_ids"}


def model(name: str) -> list[object]:
    each = client.get_registered_model(name)
    latest = sorted([version.version, version.current_stage] for version in each.latest_versions)
    return [each.name, each.description, without_ids(each.tags), each.aliases, latest, each.last_updated_timestamp >= each.creation_timestamp]


def version(name: str, number: str) -> list[object]:
    return facts(client.get_model_version(name, number))


def facts(each) -> list[object]:
    source = re.sub(r"m-[0-9a-f]{32}|[0-9a-f]{32}|(?<=runs:/)[0-9a-z]{16}", "ID", each.source or "")
    said = [each.name, str(each.version), each.status, each.current_stage, each.description, each.tags, sorted(each.aliases)]
    return [*said, source, bool(each.run_id), each.run_link]


def registered_models() -> None:
    client.create_registered_model("cats", {"team": "a"}, "All cats")
    client.create_registered_model("plain")
    client.create_registered_model("Gestreifte Kätzchen +% 1", {"empty": ""})
    found["created"] = [model("cats"), model("plain"), model("Gestreifte Kätzchen +% 1")]
    client.set_registered_model_tag("cats", "owner/of it", "me: ünïcödé\nand a line")
    client.set_registered_model_tag("cats", "team", "b")
    client.update_registered_model("cats", "Cats of all kinds")
    client.update_registered_model("plain", "")
    client.delete_registered_model_tag("cats", "none")
    found["tagged"] = [model("cats"), model("plain")]
    client.delete_registered_model_tag("cats", "owner/of it")
    client.rename_registered_model("plain", "plainer")
    found["renamed"] = [model("plainer"), refused(lambda: client.get_registered_model("plain"))]
    client.create_registered_model("plain")
    found["refused"] = {
        "twice": refused(lambda: client.create_registered_model("cats")),
        "rename to a taken name": refused(lambda: client.rename_registered_model("plain", "cats"), 40),
        "rename to itself": refused(lambda: client.rename_registered_model("plain", "plain"), 0),
        "rename to nothing": refused(lambda: client.rename_registered_model("plain", " "), 0),
        "no name": refused(lambda: client.create_registered_model("")),
        "slash": refused(lambda: client.create_registered_model("a/b"), 40),
        "colon": refused(lambda: client.create_registered_model("a:b"), 40),
        "update": refused(lambda: client.update_registered_model("none", "x")),
        "delete": refused(lambda: client.delete_registered_model("none")),
        "tag": refused(lambda: client.set_registered_model_tag("none", "a", "b")),
        "delete tag": refused(lambda: client.delete_registered_model_tag("none", "a")),
        "get": refused(lambda: client.get_registered_model("none")),
        "latest": refused(lambda: client.get_latest_versions("none")),
    }
    client.delete_registered_model("plain")
    found["deleted"] = refused(lambda: client.get_registered_model("plain"))


def versions(run_id: str, model_id: str) -> None:
    client.create_model_version("cats", f"runs:/{run_id}/cat", run_id, {"kind": "tabby"}, "https://example.com/run", "The first")
    client.create_model_version("cats", f"models:/{model_id}", model_id=model_id)
    client.create_model_version("cats", "models:/cats/1")
    client.create_model_version("cats", "s3://bucket/elsewhere")
    mlflow.register_model(f"models:/{model_id}", "cats", tags={"by": "register_model"})
    mlflow.register_model(f"runs:/{run_id}/cat", "dogs")
    found["versions"] = [*[version("cats", str(number)) for number in range(1, 6)], version("dogs", "1")]
    client.update_model_version("cats", "2", "The second")
    client.set_model_version_tag("cats", "2", "checked", "yes")
    client.set_model_version_tag("cats", "2", "a/b c", "")
    client.delete_model_version_tag("cats", "1", "kind")
    client.delete_model_version_tag("cats", "1", "none")
    client.set_registered_model_alias("cats", "champion", "2")
    client.set_registered_model_alias("cats", "best-1_x", "2")
    client.set_registered_model_alias("cats", "challenger", "3")
    client.set_registered_model_alias("cats", "champion", "1")
    found["changed"] = [version("cats", "1"), version("cats", "2"), version("cats", "3"), model("cats")]
    found["by alias"] = facts(client.get_model_version_by_alias("cats", "champion"))
    found["by latest"] = facts(client.get_model_version_by_alias("cats", "latest"))
    copied = client.copy_model_version("models:/cats@champion", "copies")
    again = client.copy_model_version("models:/cats/2", "copies")
    found["copied"] = [facts(copied), facts(again), client.get_model_version_download_uri("copies", "1").split("/")[-1]]
    where = lambda name, number: re.sub(r"[0-9]+/models/m-[0-9a-f]{32}", "E/models/ID", client.get_model_version_download_uri(name, number))
    found["downloaded from"] = [where("cats", "2"), where("copies", "2"), where("cats", "4")]
    found["stages"] = [facts(client.transition_model_version_stage("cats", "1", "production")), facts(client.transition_model_version_stage("cats", "2", "Production"))]
    client.transition_model_version_stage("cats", "3", "Production", archive_existing_versions=True)
    found["archived"] = [sorted([each.version, each.current_stage] for each in client.search_model_versions("name = 'cats'")), model("cats")]
    latest = lambda stages: sorted([each.version, each.current_stage] for each in client.get_latest_versions("cats", stages))
    found["latest"] = [latest(None), latest(["Archived"]), latest(["none", "staging"])]
    client.rename_registered_model("cats", "felines")
    found["renamed with versions"] = [model("felines"), version("felines", "2"), facts(client.get_model_version_by_alias("felines", "champion"))]
    client.rename_registered_model("felines", "cats")
    found["version refused"] = {
        "no model": refused(lambda: client.create_model_version("none", "s3://b/x")),
        "no version": refused(lambda: client.get_model_version("cats", "77")),
        "no number": refused(lambda: client.get_model_version("cats", "one"), 0),
        "update": refused(lambda: client.update_model_version("cats", "77", "x")),
        "delete": refused(lambda: client.delete_model_version("cats", "77")),
        "tag": refused(lambda: client.set_model_version_tag("cats", "77", "a", "b")),
        "stage": refused(lambda: client.transition_model_version_stage("cats", "1", "Nowhere")),
        "latest stage": refused(lambda: client.get_latest_versions("cats", ["Nowhere"]), 40),
        "alias of no version": refused(lambda: client.set_registered_model_alias("cats", "x", "77")),
        "alias of no model": refused(lambda: client.set_registered_model_alias("none", "x", "1")),
        "alias latest": refused(lambda: client.set_registered_model_alias("cats", "latest", "1")),
        "alias v1": refused(lambda: client.set_registered_model_alias("cats", "v1", "1"), 40),
        "alias with a dot": refused(lambda: client.set_registered_model_alias("cats", "a.b", "1"), 40),
        "no alias": refused(lambda: client.get_model_version_by_alias("cats", "none")),
        "other run": refused(lambda: client.create_model_version("cats", f"runs:/{'a' * 32}/x", run_id), 40),
        "own disk": refused(lambda: client.create_model_version("cats", "/etc/models"), 0),
        "upwards": refused(lambda: client.create_model_version("cats", f"mlflow-artifacts:/1/{run_id}/artifacts/../../x", run_id), 0),
    }
    own["archive"] = refused(lambda: client.transition_model_version_stage("cats", "1", "None", archive_existing_versions=True), 60)
    own["no logged model"] = refused(lambda: client.create_model_version("cats", f"models:/m-{'0' * 32}", model_id=f"m-{'0' * 32}"), 60)
    client.delete_registered_model_alias("cats", "best-1_x")
    client.delete_registered_model_alias("cats", "none")
    client.delete_model_version("cats", "5")
    client.delete_model_version("cats", "3")
    client.create_model_version("cats", "s3://bucket/later", description="after 5 was deleted")
    found["after"] = [model("cats"), [each.version for each in client.search_model_versions("name = 'cats'", order_by=["version_number DESC"])], refused(lambda: client.get_model_version_by_alias("cats", "challenger"))]
    client.delete_registered_model("copies")
    client.create_registered_model("copies")
    found["created again"] = model("copies")
    client.create_model_version("copies", "s3://bucket/new")
    found["numbered again"] = version("copies", "1")


def searches() -> None:
    for number in range(7):
        name = f"page {number}"
        client.create_registered_model(name, {"odd": str(number % 2), **({"only": "yes"} if number == 3 else {})})
        client.create_model_version(name, f"s3://bucket/{number}", tags={"odd": str(number % 2)})
    client.create_model_version("page 3", "s3://bucket/more")

    def models(text: str | None = None, order: list[str] | None = None, count: int = 100) -> list[str]:
        names: list[str] = []
        token = None
        while True:
            page = client.search_registered_models(text, count, order, token)
            names += [each.name for each in page]
            token = page.token
            if not token:
                return names

    def numbers(text: str | None = None, order: list[str] | None = None, count: int = 10000) -> list[list[str]]:
        names: list[list[str]] = []
        token = None
        while True:
            page = client.search_model_versions(text, count, order, token)
            names += [[each.name, str(each.version)] for each in page]
            token = page.token
            if not token:
                return names

    found["models found"] = {
        text: models(text)
        for text in (
            "name = 'cats'", "name != 'cats'", "name LIKE 'page %'", "name ILIKE 'PAGE _'", "tags.odd = '1'", "tags.odd != '1'",
            "tags.only = 'yes' AND name LIKE 'p%'", "tags.`odd` LIKE '%'", "tag.none = 'x'", "name = 'nothing'",
        )
    }  # fmt: skip
    found["models ordered"] = [models(None, ["name DESC"]), models("name LIKE 'page%'", ["name ASC"]), models(count=2), models("tags.odd = '0'", count=3)]
    found["versions found"] = {
        text: numbers(text)
        for text in (
            "name = 'page 3'", "name LIKE 'page%'", "name = 'page 3' AND version_number > 1", "tags.odd = '0'", "source_path = 's3://bucket/3'",
            "run_id = 'none'", "version_number <= 1 AND tags.odd = '1'", "name = 'nothing'",
        )
    }  # fmt: skip
    found["versions ordered"] = [
        numbers("name = 'cats'", ["version_number ASC"]),
        numbers("name LIKE 'page%'", ["name DESC", "version_number DESC"]),
        numbers("name LIKE 'page%'", ["name ASC"], count=3),
    ]
    found["search refused"] = [
        refused(lambda: models("name ~ 'a'"), 0),
        refused(lambda: models("color = 'a'"), 0),
        refused(lambda: models(None, ["color"]), 0),
        refused(lambda: models(count=1001), 0),
        refused(lambda: models(count=0), 0),
        refused(lambda: numbers("version = 'a'"), 0),
        refused(lambda: client.search_registered_models(page_token="garbage"), 0),
    ]


def prompts() -> None:
    first = mlflow.genai.register_prompt("greeting", "Hello {{name}}", commit_message="first", tags={"tone": "kind"})
    second = mlflow.genai.register_prompt("greeting", [{"role": "system", "content": "Be {{how}}"}, {"role": "user", "content": "{{question}}"}])
    found["prompts"] = [[each.name, str(each.version), each.template, each.commit_message, each.tags] for each in (first, second)]
    mlflow.genai.set_prompt_alias("greeting", "production", 1)
    mlflow.genai.set_prompt_tag("greeting", "owner", "me")
    mlflow.genai.set_prompt_version_tag("greeting", "2", "reviewed", "yes")
    loaded = [mlflow.genai.load_prompt(name) for name in ("prompts:/greeting/1", "prompts:/greeting/2", "prompts:/greeting@production", "greeting", "prompts:/greeting@latest")]
    found["prompts loaded"] = [[str(each.version), each.template, each.tags, sorted(each.aliases)] for each in loaded]
    found["prompt filled in"] = [loaded[0].format(name="you"), loaded[1].format(how="kind", question="Why?")]
    found["prompts found"] = [[each.name, without_ids(each.tags)] for each in mlflow.genai.search_prompts()]
    found["prompts by filter"] = [each.name for each in client.search_prompts("name = 'none'")]
    found["prompts are no models"] = [each.name for each in client.search_registered_models() if each.name == "greeting"]
    found["prompt refused"] = [
        refused(lambda: client.create_registered_model("greeting"), 100),
        refused(lambda: mlflow.genai.register_prompt("cats", "x")),
        refused(lambda: mlflow.genai.load_prompt("prompts:/greeting/9"), 20),
        refused(lambda: mlflow.genai.load_prompt("prompts:/greeting@none"), 20),
        str(mlflow.genai.load_prompt("prompts:/none/1", allow_missing=True)),
    ]
    mlflow.genai.delete_prompt_alias("greeting", "production")
    client.delete_prompt_version("greeting", "2")
    client.delete_prompt_version("greeting", "1")
    client.delete_prompt("greeting")
    found["prompts left"] = [each.name for each in mlflow.genai.search_prompts()]


def seen(each) -> list[object]:
    latest = {(metric.key, metric.dataset_name): metric for metric in sorted(each.metrics or [], key=lambda metric: metric.step)}
    metrics = sorted([metric.key, metric.value, metric.step, metric.dataset_name or "", bool(metric.run_id)] for metric in latest.values())
    tags = {key: value for key, value in each.tags.items() if not key.startswith("mlflow.")}
    return [each.name, each.model_type, str(each.status), dict(sorted(each.params.items())), tags, metrics, bool(each.source_run_id)]


def logged_models() -> str:
    experiment = mlflow.set_experiment("logged").experiment_id
    outside = mlflow.create_external_model("gpt", params={"temperature": "0.1"}, tags={"vendor": "x"}, model_type="agent")
    found["external"] = seen(client.get_logged_model(outside.model_id))
    first = client.create_logged_model(experiment, "first", params={"a": "1"}, tags={"kind": "small"}, model_type="tree")
    second = client.create_logged_model(experiment, "second", params={"a": "2", "long": "x" * 300})
    unnamed = client.create_logged_model(experiment)
    found["unnamed"] = [bool(unnamed.name), str(unnamed.status)]
    client.log_model_params(first.model_id, {"b": "2", "c": "ü"})
    client.set_logged_model_tags(first.model_id, {"kind": "smaller", "a/b c": "1"})
    client.set_logged_model_tags(first.model_id, {"gone": "1"})
    client.delete_logged_model_tag(first.model_id, "gone")
    train = mlflow.data.from_numpy(numpy.zeros((3, 2)), name="train")
    test = mlflow.data.from_numpy(numpy.ones((3, 2)), name="test")
    with mlflow.start_run(run_name="scores") as run:
        mlflow.log_metric("acc", 0.5, step=1, model_id=first.model_id, dataset=train)
        mlflow.log_metric("acc", 0.7, step=2, model_id=first.model_id, dataset=train)
        mlflow.log_metric("acc", 0.6, model_id=first.model_id, dataset=test)
        mlflow.log_metric("acc", 0.9, model_id=second.model_id, dataset=test)
        mlflow.log_metrics({"loss": 1.5, "f1": 0.25}, model_id=second.model_id)
        client.log_batch(run.info.run_id, [Metric("loss", 2.5, 1, 0, model_id=first.model_id)])
    client.log_inputs(run.info.run_id, models=[LoggedModelInput(first.model_id)])
    client.log_outputs(run.info.run_id, models=[LoggedModelOutput(second.model_id, 3)])
    back = client.get_run(run.info.run_id)
    found["in and out"] = [len(back.inputs.model_inputs), [each.step for each in back.outputs.model_outputs]]
    found["finalized"] = [
        str(client.finalize_logged_model(first.model_id, LoggedModelStatus.READY).status),
        str(client.finalize_logged_model(second.model_id, "FAILED").status),
    ]
    found["scored"] = [seen(client.get_logged_model(each.model_id)) for each in (first, second)]

    def names(text: str | None = None, order=None, datasets=None, count: int | None = None) -> list[str]:
        got: list[str] = []
        token = None
        while True:
            page = client.search_logged_models([experiment], text, datasets, count, order, token)
            got += [each.name if each.model_id != unnamed.model_id else "unnamed" for each in page]
            token = page.token
            if not token:
                return got

    found["logged found"] = {
        text: names(text)
        for text in (
            "name = 'first'", "name LIKE '%t'", "params.a = '2'", "tags.kind = 'smaller'", "metrics.acc > 0.65", "metrics.loss >= 1.5",
            "model_type = 'tree'", "name IN ('first', 'gpt')", "attributes.name != 'first' AND params.a = '2'",
            "creation_timestamp > 0", "params.none = '1'",
        )
    }  # fmt: skip
    on = lambda name: [{"dataset_name": name}]
    found["logged on data"] = names("metrics.acc > 0.65", datasets=[{"dataset_name": "test", "dataset_digest": test.digest}])
    own["logged on data"] = [names("metrics.acc > 0.65", datasets=on("train")), names("metrics.acc > 0.65", datasets=on("test")), names(datasets=on("train"))]
    own["ready"] = [names("status = 'READY'"), names("status != 'READY'")]
    field = lambda name, ascending=True, **more: [{"field_name": name, "ascending": ascending, **more}]
    named = "name IN ('first', 'second', 'gpt')"
    found["logged ordered"] = [
        names(named, field("name")),
        names(named, field("name", False)),
        names(order=field("metrics.acc")),
        names(order=field("metrics.acc", False, dataset_name="test")),
        names(order=field("creation_timestamp")),
        names(named, field("name"), count=1),
    ]
    found["logged refused"] = [
        refused(lambda: client.get_logged_model(f"m-{'0' * 32}")),
        refused(lambda: client.delete_logged_model_tag(first.model_id, "none"), 30),
        refused(lambda: client.create_logged_model(experiment, "a/b"), 40),
        refused(lambda: client.create_logged_model("77777"), 0),
        refused(lambda: client.finalize_logged_model(f"m-{'0' * 32}", "READY"), 30),
        refused(lambda: names("name ~ 'a'"), 0),
        refused(lambda: names(order=field("color")), 0),
        refused(lambda: names(order=field("params.a")), 40),
    ]
    own["another value"] = refused(lambda: client.log_model_params(first.model_id, {"a": "other"}), 60)
    own["unknown attribute"] = refused(lambda: names("color = 'a'"), 0)
    client.delete_logged_model(unnamed.model_id)
    found["logged deleted"] = [names(order=field("creation_timestamp")), refused(lambda: client.get_logged_model(unnamed.model_id), 30), refused(lambda: client.delete_logged_model(unnamed.model_id), 30)]
    client.log_model_artifact(first.model_id, __file__)
    os.makedirs("files/deep", exist_ok=True)
    for path in ("files/a b.txt", "files/deep/ä+c%.txt"):
        with open(path, "w") as file:
            file.write(path)
    client.log_model_artifacts(first.model_id, "files")
    listed = lambda path=None: [[each.path, each.is_dir, each.file_size if each.path != "registry.py" else 0] for each in client.list_logged_model_artifacts(first.model_id, path)]
    found["logged files"] = [listed(), listed("deep"), listed("none")]
    return experiment


class Doubles(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[float], params=None) -> list[float]:
        return [2 * each for each in model_input]


def loaded_models() -> None:
    mlflow.set_experiment("loaded")
    with mlflow.start_run() as run:
        info = mlflow.pyfunc.log_model(name="cat", python_model=Doubles(), pip_requirements=[], registered_model_name="loadable")
    mlflow.register_model(f"runs:/{run.info.run_id}/cat", "loadable")
    client.set_registered_model_alias("loadable", "champion", "1")
    client.transition_model_version_stage("loadable", "1", "Staging")
    uris = ["models:/loadable/1", "models:/loadable/2", "models:/loadable@champion", "models:/loadable/latest", "models:/loadable/Staging", f"models:/{info.model_id}", f"runs:/{run.info.run_id}/cat"]
    found["loaded"] = [mlflow.pyfunc.load_model(uri).predict([1.5]) for uri in uris]
    tags = client.get_logged_model(info.model_id).tags
    found["noted"] = [[each["name"], str(each["version"])] for each in json.loads(tags["mlflow.modelVersions"])]
    found["loadable"] = [version("loadable", "1"), version("loadable", "2")]
    found["files"] = sorted(each.path for each in client.list_artifacts(run.info.run_id, "cat"))
    found["not loaded"] = [
        refused(lambda: mlflow.pyfunc.load_model("models:/loadable/9"), 40),
        refused(lambda: mlflow.pyfunc.load_model("models:/loadable@none"), 40),
        refused(lambda: mlflow.pyfunc.load_model("models:/none/1"), 0),
    ]
    versions(run.info.run_id, info.model_id)


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    registered_models()
    loaded_models()
    searches()
    prompts()
    logged_models()
    json.dump({"found": found, "own": own}, sys.stdout, indent=1, sort_keys=True, default=str)
