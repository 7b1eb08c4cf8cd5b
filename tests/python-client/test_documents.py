"""The code of the documents and the example notebook, run as it stands."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
from small_experiments import rows

import ml_tracking

root = Path(__file__).parents[2]

# What the reader of the wheel's README has already: a trained model and its test set.
trained = """
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
X_test, y_test = load_iris(return_X_y=True)
ids = list(range(150))
model = LogisticRegression(max_iter=500).fit(X_test, y_test)
"""


def blocks(name, language):
    return re.findall(rf"^```{language}\n(.*?)^```", (root / name).read_text(), re.MULTILINE | re.DOTALL)


def run(code, folder, python=sys.executable):
    env = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(ml_tracking.__file__))}
    env.pop("ML_TRACKING_STORE", None)
    done = subprocess.run([python, "-c", code], cwd=folder, env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def test_the_first_call_of_the_readme_runs_as_it_stands(tmp_path):
    (code,) = blocks("README.md", "python")
    out = run(code, tmp_path)
    logged = rows(str(tmp_path / "ml-tracking"), "iris")
    assert logged["model"].tolist() == ["RandomForestClassifier"]
    assert out.split()[0] == logged["prediction_id"].iloc[0] and float(out.split()[1]) > 0.9


def test_the_first_call_of_the_wheel_s_readme_runs(tmp_path):
    (code,) = blocks("python/README.md", "python")
    run(trained + code, tmp_path)
    assert rows(str(tmp_path / "ml-tracking"), "penguins")["model"].tolist() == ["LogisticRegression"]


def test_the_code_of_docs_annotations_runs_and_prints_what_it_says(tmp_path):
    (readme,) = blocks("README.md", "python")
    run(readme, tmp_path)
    code = "\n".join(blocks("docs/annotations.md", "python"))
    assert run(code, tmp_path).splitlines() == re.findall(r"^print\(.*\)  # (.*)$", code, re.MULTILINE)


def test_the_code_of_docs_python_runs(tmp_path):
    code = blocks("docs/python.md", "python")
    out = run("\n".join(each for each in code if "import torch" not in each), tmp_path)
    store = str(tmp_path / "ml-tracking")
    logged = rows(store, "iris")
    assert logged["model"].tolist() == ["GridSearchCV", "XGBClassifier"]
    assert out.split()[0] == logged["prediction_id"].iloc[0] and "['iris']" in out
    assert ml_tracking.read_runs("flowers", store=store)[0]["status"] == "finished" and "True" in out
    commands = "".join(blocks("docs/python.md", "sh")).splitlines()
    assert len(commands) >= 2
    for command in commands:
        done = subprocess.run([sys.executable, *command.split()[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "iris.csv").read_text().count("\n") == 3


def test_the_torch_code_of_docs_python_runs(tmp_path, torch_python):
    (code,) = [each for each in blocks("docs/python.md", "python") if "import torch" in each]
    assert float(run(code, tmp_path, torch_python)) > 0.9
    assert rows(str(tmp_path / "ml-tracking"), "plane")["model"].tolist() == ["Sequential"]


def test_the_example_notebook_runs_and_shows_results_as_cards_with_links(tmp_path):
    notebook = nbformat.read(root / "examples/from-model-to-experiment.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.get("name") for output in outputs if output.output_type == "stream"] == []  # nothing is printed
    shown = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    logged = rows(str(tmp_path / "ml-tracking"), "breast-cancer")
    assert logged["name"].tolist() == ["plain", "scaled", "boosted"]
    for html, prediction_id in zip(shown, logged["prediction_id"]):
        assert f'href="http://127.0.0.1:7878/experiments/{prediction_id}"' in html and ">roc_auc</td>" in html
    # Where it was run: the row says so.
    assert json.loads(logged["runtime"].iloc[0])["packages"]["xgboost"]
