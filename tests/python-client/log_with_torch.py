"""Logs tensors and a module of torch into the store given. Run by test_torch.py with the Python that has torch; prints what was logged as JSON."""

import json
import sys

import torch

from ml_tracking import log_experiment

store = sys.argv[1]


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


def log(kind, y_true, y_pred, **more):
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


class LoggingDataset(torch.utils.data.Dataset):
    """Logs an experiment for each item, in the worker process that loads it."""

    def __len__(self):
        return 6

    def __getitem__(self, i):
        return log("regression", X[:, 0], X[:, 1], name=f"worker {torch.utils.data.get_worker_info().id}").prediction_id


workers = [each for batch in torch.utils.data.DataLoader(LoggingDataset(), batch_size=2, num_workers=2) for each in batch]
print(json.dumps({"outcomes": outcomes, "scores": probabilities[:, 1].tolist(), "version": torch.__version__, "workers": workers}))
