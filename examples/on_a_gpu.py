"""Trains on a GPU and logs what lies there, without a `.cpu()` anywhere; then checks every row that was kept.

    python examples/on_a_gpu.py STORE

Needs a GPU, torch for it, scikit-learn and pyarrow; CuPy, JAX and Numba are tried where they are installed. What
each holder of values gave is compared with the same values on the CPU: labels must be equal, probabilities equal to
the last bit that their type holds. Exits with 1 where anything differs.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
import warnings

import numpy as np
import pyarrow.parquet as pq
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, f1_score, log_loss, r2_score, roc_auc_score
from sklearn.model_selection import train_test_split
from torch import nn

import ml_tracking
from ml_tracking import log_experiment

store = sys.argv[1]
failures: list[str] = []


def check(name: str, passed: object) -> None:
    if not passed:
        failures.append(name)
        print(f"  WRONG: {name}")


def train(device: torch.device) -> tuple[nn.Module, torch.Tensor, torch.Tensor, list[int]]:
    """A small network on the handwritten digits of scikit-learn; its test images, labels and their row numbers."""
    torch.manual_seed(0)
    images, labels = load_digits(return_X_y=True)
    rows = np.arange(len(labels))
    train_x, test_x, train_y, test_y, _, test_rows = train_test_split(images / 16, labels, rows, random_state=0)
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    dataset = torch.utils.data.TensorDataset(torch.tensor(train_x, dtype=torch.float32), torch.tensor(train_y))
    loader = torch.utils.data.DataLoader(dataset, batch_size=64, shuffle=True, pin_memory=True)
    for _ in range(20):
        for x, y in loader:
            optimizer.zero_grad(set_to_none=True)
            loss = nn.functional.cross_entropy(model(x.to(device, non_blocking=True)), y.to(device, non_blocking=True))
            loss.backward()
            optimizer.step()
    return model, torch.tensor(test_x, dtype=torch.float32, device=device), torch.tensor(test_y, device=device), test_rows


def log(name: str, model: object, rows: object, y_true: object, y_pred: object, y_score: object = None, **more: object):
    parameters = {"dataset_uri": "sklearn/digits", "target_column": "digit", "test_set": rows, "model": model}
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nothing here should need a warning
        logged = log_experiment(kind=more.pop("kind", "classification"), project=more.pop("project", "digits"),
                                parameters=parameters, y_true=y_true, y_pred=y_pred, y_score=y_score, store=store,
                                name=name, **more)
    return logged, (time.perf_counter() - started) * 1000


def kept(logged: object) -> dict[str, np.ndarray]:
    table = pq.read_table(os.path.join(store, logged.paths.predictions))
    return {name: table.column(name).to_numpy() for name in table.column_names}


def scores_of(found: dict[str, np.ndarray]) -> np.ndarray:
    return np.column_stack([found[f"y_score_{k}"] for k in range(10)])


def digits(device: torch.device) -> None:
    model, images, labels, rows = train(device)
    with torch.inference_mode():
        logits = model(images)
        probabilities = torch.softmax(logits.double(), dim=1)
        predicted = logits.argmax(dim=1)
    true, pred, rows_of = labels.cpu().numpy(), predicted.cpu().numpy(), probabilities.cpu().numpy()

    side = torch.cuda.Stream()
    with torch.cuda.stream(side):  # still being computed when it is logged
        big = torch.randn(4096, 4096, device=device)
        for _ in range(20):
            big = big @ big.T / 4096
        late = torch.softmax(model(images).double() + 0 * big.sum().double(), dim=1)
        compiled = torch.compile(model)
    graph = torch.cuda.CUDAGraph()
    static = images.clone()
    warm = torch.cuda.Stream()
    with torch.cuda.stream(warm):
        model(static)
    torch.cuda.synchronize()
    with torch.cuda.graph(graph):
        replayed = torch.softmax(model(static).double(), dim=1)
    graph.replay()
    with torch.autocast("cuda", dtype=torch.bfloat16), torch.no_grad():
        mixed = torch.softmax(model(images), dim=1)

    given = {
        "float64": (labels, predicted, probabilities),
        "float32": (labels, predicted, probabilities.float()),
        "float16": (labels.to(torch.uint8), predicted.short(), probabilities.half()),
        "bfloat16": (labels.int(), predicted.int(), probabilities.bfloat16()),
        "autocast": (labels, mixed.argmax(dim=1), mixed),
        "with gradients": (labels, predicted, torch.softmax(model(images).double(), dim=1)),
        "transposed view": (labels, predicted, probabilities.T.contiguous().T),
        "another stream": (labels, predicted, late),
        "CUDA graph": (labels, predicted, replayed),
        "torch.compile": (labels, compiled(images).argmax(dim=1), torch.softmax(compiled(images).double(), dim=1)),
        "list of tensors": (list(labels), list(predicted), list(probabilities)),
        "pinned memory": (labels.cpu().pin_memory(), predicted.cpu().pin_memory(), probabilities.cpu().pin_memory()),
    }
    for package, holders in {"cupy": with_cupy, "jax": with_jax, "numba.cuda": with_numba}.items():
        try:
            importlib.import_module(package)
        except ImportError:
            print(f"  {package} is not installed")
            continue
        given.update(holders(labels, predicted, probabilities))

    for name, (y_true, y_pred, y_score) in given.items():
        expected = on_the_cpu(y_score)
        own = on_the_cpu(y_pred).astype(np.int64)
        logged, taken = log(name, model, rows, y_true, y_pred, y_score)
        found = kept(logged)
        check(f"{name}: y_true", np.array_equal(found["y_true"], true))
        check(f"{name}: y_pred", np.array_equal(found["y_pred"], own))
        check(f"{name}: y_score", np.array_equal(scores_of(found), expected))
        check(f"{name}: accuracy", logged.scores["accuracy"] == accuracy_score(true, own))
        check(f"{name}: f1_macro", abs(logged.scores["f1_macro"] - f1_score(true, own, average="macro")) < 1e-12)
        if name in ("float64", "with gradients", "another stream", "CUDA graph"):
            check(f"{name}: values", np.allclose(expected, rows_of, atol=1e-6))
            check(f"{name}: log_loss", abs(logged.scores["log_loss"] - log_loss(true, expected)) < 1e-9)
            auc = roc_auc_score(true, expected, multi_class="ovr")
            check(f"{name}: roc_auc", abs(logged.scores["roc_auc"] - auc) < 1e-9)
        print(f"  {name:20} {logged.prediction_id}  accuracy {logged.scores['accuracy']:.4f}  {taken:6.0f} ms")


def on_the_cpu(values: object) -> np.ndarray:
    """As numpy, by each package's own way, in the wider type that every value fits."""
    if isinstance(values, list):
        return np.stack([on_the_cpu(each) for each in values])
    if isinstance(values, torch.Tensor):
        plain = values.detach()
        return (plain.double() if plain.is_floating_point() else plain).cpu().numpy()
    for way in ("get", "copy_to_host"):
        if hasattr(values, way):
            return np.asarray(getattr(values, way)())
    return np.asarray(values, dtype=np.float64 if np.asarray(values).dtype.kind not in "iu" else None)


def with_cupy(labels: torch.Tensor, predicted: torch.Tensor, probabilities: torch.Tensor):
    import cupy

    of = cupy.from_dlpack
    yield "CuPy", (of(labels), of(predicted), of(probabilities))
    yield "CuPy, Fortran order", (of(labels), of(predicted), cupy.asfortranarray(of(probabilities)))


def with_jax(labels: torch.Tensor, predicted: torch.Tensor, probabilities: torch.Tensor):
    import jax
    import jax.numpy as jnp

    def of(tensor):
        return jax.device_put(tensor.cpu().numpy(), jax.devices("gpu")[0])

    yield "JAX float32", (of(labels), of(predicted), of(probabilities.float()))
    yield "JAX bfloat16", (of(labels), of(predicted), of(probabilities.float()).astype(jnp.bfloat16))


def with_numba(labels: torch.Tensor, predicted: torch.Tensor, probabilities: torch.Tensor):
    from numba import cuda

    of = cuda.to_device
    yield "Numba", tuple(of(each.cpu().numpy()) for each in (labels, predicted, probabilities))


def regression(device: torch.device) -> None:
    """Ten million predictions that lie on the GPU."""
    torch.manual_seed(1)
    count = 10_000_000
    actual = 20 + torch.randn(count, device=device)
    predicted = actual + 0.1 * torch.randn(count, device=device)
    ids = torch.arange(count, device=device)
    logged, taken = log("ten million", {"name": "Noise", "parameters": {}}, ids, actual, predicted, kind="regression",
                        project="noise")
    expected = r2_score(actual.double().cpu().numpy(), predicted.double().cpu().numpy())
    check("ten million: r2", abs(logged.scores["r2"] - expected) < 1e-9)
    found = pq.read_table(os.path.join(store, logged.paths.predictions), columns=["y_true", "y_pred"])
    check("ten million: y_true", np.array_equal(found.column("y_true").to_numpy(), actual.double().cpu().numpy()))
    check("ten million: y_pred", np.array_equal(found.column("y_pred").to_numpy(), predicted.double().cpu().numpy()))
    copied = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    copied[0].record()
    actual.cpu(), predicted.cpu(), ids.cpu()
    copied[1].record()
    torch.cuda.synchronize()
    print(f"  10,000,000 samples logged in {taken / 1000:.1f} s, of which from the GPU {copied[0].elapsed_time(copied[1]):.0f} ms")


def main() -> int:
    if not torch.cuda.is_available():
        print("torch sees no GPU here")
        return 1
    device = torch.device("cuda")
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}, ml-tracking {ml_tracking.__version__}, Node.js {node}")
    digits(device)
    regression(device)
    print(f"{len(failures)} wrong" if failures else "everything was kept as it lay on the GPU")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
