"""Traces functions, and uploads and downloads a large file with every setting for parts, and prints what MLflow warns of."""

import json
import logging
import os
import tempfile
import warnings

os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"
os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD"] = "true"
os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = str(6 * 2**20)
os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = str(5 * 2**20)
os.environ["MLFLOW_MULTIPART_DOWNLOAD_MINIMUM_FILE_SIZE"] = str(6 * 2**20)
os.environ["MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE"] = str(5 * 2**20)

import mlflow
from mlflow import MlflowClient

told: list[str] = []


class Told(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        told.append(record.getMessage())


logging.getLogger("mlflow").addHandler(Told(logging.WARNING))
logging.getLogger("opentelemetry").addHandler(Told(logging.WARNING))
warnings.simplefilter("always")


@mlflow.trace(attributes={"model": "none"})
def answer(question: str) -> str:
    with mlflow.start_span("look up", span_type="RETRIEVER") as span:
        span.set_inputs({"question": question})
        span.set_outputs(["a document"])
    mlflow.update_current_trace(tags={"user": "me"})
    return question.upper()


@mlflow.trace
def fails() -> None:
    raise ValueError("on purpose")


def traces() -> None:
    mlflow.set_experiment("traces")
    for asynchronous in ("true", "false"):
        os.environ["MLFLOW_ENABLE_ASYNC_TRACE_LOGGING"] = asynchronous
        mlflow.tracing.reset()
        for number in range(5):
            answer(f"question {number}")
        try:
            fails()
        except ValueError:
            pass
        with mlflow.start_run():
            answer("in a run")
            mlflow.log_metric("m", 1)
        if asynchronous == "true":
            mlflow.flush_trace_async_logging()
    trace = mlflow.get_last_active_trace_id()
    mlflow.set_trace_tag(trace, "rated", "good")
    assert mlflow.search_traces(return_type="list") == []
    assert len(mlflow.search_runs()) == 2


def parts() -> None:
    mlflow.set_experiment("parts")
    content = os.urandom(13 * 2**20 + 7)
    with tempfile.TemporaryDirectory() as folder, mlflow.start_run() as run:
        path = os.path.join(folder, "weights.bin")
        with open(path, "wb") as file:
            file.write(content)
        mlflow.log_artifact(path, "deep")
        MlflowClient().log_artifacts(run.info.run_id, folder)
        for name in ("deep/weights.bin", "weights.bin"):
            got = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path=name, dst_path=os.path.join(folder, "got"))
            with open(got, "rb") as file:
                assert file.read() == content, name


if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as warned:
        traces()
        told_of_traces = list(told)
        parts()
    ours = [str(each.message) for each in warned if "mlflow" in each.filename and issubclass(each.category, UserWarning)]
    print(json.dumps({"traces": told_of_traces, "parts": told[len(told_of_traces) :], "warned": ours}))
