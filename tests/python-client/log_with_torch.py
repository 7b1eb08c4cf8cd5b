"""Logs tensors and a module of torch into the store given. Run by test_torch.py with the Python that has torch; prints what was logged as JSON."""

import json
import os
import sys
import tempfile
import warnings

import torch

from ml_tracking import TrackingError, TrackingWarning, log_experiment

store = sys.argv[1]
warnings.simplefilter("ignore")  # what torch says of its own future
warnings.simplefilter("default", TrackingWarning)


class Net(torch.nn.Module):
    def __init__(self, width=8, dropout=0.25):
        super().__init__()
        self.width = width
        self.body = torch.nn.Sequential(torch.nn.Linear(4, width), torch.nn.ReLU(), torch.nn.Dropout(dropout))
        self.head = torch.nn.Linear(width, 2)
        self.head.weight.requires_grad_(False)

    def forward(self, x):
        return self.head(self.body(x))


torch.manual_seed(0)
model = Net()
X = torch.randn(64, 4)
y = (X[:, 0] > 0).long()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for _ in range(20):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(X), y).backward()
    optimizer.step()
model.eval()
logits = model(X)  # which still requires a gradient
probabilities = torch.softmax(logits, dim=1)


def log(kind, y_true, y_pred, model=model, **more):
    parameters = {"dataset_uri": "random", "target_column": "sign", "test_set": torch.arange(len(y_true)), "model": model}
    return log_experiment(kind=kind, project="torch", parameters=parameters, y_true=y_true, y_pred=y_pred, store=store, **more)


outcomes = []
for kind in ("int64", "int32", "int16", "int8", "uint8", "bool", "float32"):
    dtype = getattr(torch, kind)
    logged = log("classification", y.to(dtype), logits.argmax(dim=1).to(dtype), y_score=probabilities[:, 1])
    expected = logits.argmax(dim=1).tolist()
    outcomes.append([kind, logged.paths.predictions, [bool(each) for each in expected] if kind == "bool" else expected])
for kind in ("float64", "float32", "float16", "bfloat16"):
    values = logits[:, 0].to(getattr(torch, kind))
    outcomes.append([f"regression on {kind}", log("regression", X[:, 0], values).paths.predictions, values.tolist()])
outcomes.append(["one column", log("regression", X[:, :1], logits[:, :1]).paths.predictions, logits[:, 0].tolist()])


lacks = []  # what this version of torch has not


def version_has(name, owner=torch):
    if hasattr(owner, name):
        return True
    lacks.append(name)
    return False


def converted():
    """Tensors that numpy cannot hold as they are, and the values that they have."""
    exact = torch.arange(64) / 4 - 8
    yield "sparse", exact.to_sparse(), exact.tolist()
    whole = torch.quantize_per_tensor(exact, 0.25, 128, torch.quint8)
    yield "quantized", whole, whole.dequantize().tolist()
    yield "lazily negated", torch.view_as_complex(torch.stack([exact, exact], dim=1)).conj().imag, (-exact).tolist()
    for kind in ("float8_e4m3fn", "float8_e5m2"):
        if version_has(kind):
            yield kind, exact.to(getattr(torch, kind)), exact.to(getattr(torch, kind)).float().tolist()


for name, values, expected in converted():
    outcomes.append([name, log("regression", X[:, 0], values).paths.predictions, expected])


def halves():
    """Rows of probabilities in half precision, sparse or one by one: the core gets their values. That the sums are off may be said."""
    for kind in ("bfloat16", "float16"):
        yield kind, probabilities.to(getattr(torch, kind))
    yield "rows", list(probabilities)
    yield "sparse", probabilities.to_sparse()


rows = []
with warnings.catch_warnings():
    warnings.simplefilter("ignore", TrackingWarning)
    for name, y_score in halves():
        logged = log("classification", y, logits.argmax(dim=1), y_score=y_score)
        dense = torch.stack(y_score) if isinstance(y_score, list) else y_score.detach().to_dense()
        rows.append([name, logged.paths.predictions, dense[:, 1].tolist()])


def refused():
    """Tensors without values to log."""
    yield "meta", logits[:, 0].to("meta")
    yield "complex", logits[:, 0].to(torch.complex64)
    if version_has("nested") and version_has("nested_tensor", torch.nested):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it is a prototype
            yield "nested", torch.nested.nested_tensor([torch.ones(3), torch.ones(5)])


errors = []
for name, values in refused():
    try:
        log("regression", X[:, 0], values)
    except TrackingError as error:
        errors.append([name, error.code, str(error)])


def wrapped():
    """What torch wraps around a model."""
    yield "DataParallel", torch.nn.DataParallel(Net())
    yield "AveragedModel", torch.optim.swa_utils.AveragedModel(Net())
    yield "a script", torch.jit.script(Net())
    if version_has("compile"):
        yield "torch.compile", torch.compile(Net())
    with tempfile.TemporaryDirectory() as folder:
        init = f"file://{os.path.join(folder, 'group')}"
        torch.distributed.init_process_group("gloo", init_method=init, rank=0, world_size=1)
        yield "DistributedDataParallel", torch.nn.parallel.DistributedDataParallel(Net())
        torch.distributed.destroy_process_group()


wrappers = []
for name, each in wrapped():
    wrappers.append([name, log("regression", X[:, 0], X[:, 1], model=each, name=name).prediction_id])


class LoggingDataset(torch.utils.data.Dataset):
    """Logs an experiment for each item, in the worker process that loads it."""

    def __len__(self):
        return 6

    def __getitem__(self, i):
        return log("regression", X[:, 0], X[:, 1], name=f"worker {torch.utils.data.get_worker_info().id}").prediction_id


workers = [each for batch in torch.utils.data.DataLoader(LoggingDataset(), batch_size=2, num_workers=2) for each in batch]
print(json.dumps({
    "outcomes": outcomes, "scores": probabilities[:, 1].tolist(), "version": torch.__version__, "workers": workers,
    "rows": rows, "errors": errors, "wrappers": wrappers, "lacks": lacks,
}))
