"""The Trainer of transformers with a small model that begins at random: what is logged is what its log_history has."""

import pytest
import transformers

from ml_tracking import read_runs
from ml_tracking.transformers import RunCallback


class Failing(transformers.TrainerCallback):
    def on_step_end(self, args, state, control, **_):
        raise ZeroDivisionError("in the training")


def trainer(folder, tumours, *callbacks):
    X, _, y, _ = tumours
    words = (X * 4 + 20).astype(int).clip(1, 49)
    rows = [{"input_ids": ids, "labels": int(label)} for ids, label in zip(words, y)]
    config = transformers.BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    arguments = transformers.TrainingArguments(str(folder), num_train_epochs=1, logging_steps=10, eval_strategy="epoch", report_to=[],
                                               use_cpu=True, save_strategy="no", disable_tqdm=True, learning_rate=1e-3)
    model = transformers.BertForSequenceClassification(config)
    return transformers.Trainer(model, arguments, train_dataset=rows[:200], eval_dataset=rows[200:250], callbacks=list(callbacks))


def test_logs_arguments_and_the_model_are_recorded_and_a_later_evaluation(store, tumours, points, tmp_path):
    trains = trainer(tmp_path / "out", tumours, RunCallback(project="p", store=store))
    trains.train()
    assert read_runs("p", store=store)[0]["status"] == "finished"
    trains.evaluate()
    (run,) = read_runs("p", store=store)
    assert run["status"] == "finished"
    for key in ("loss", "learning_rate", "eval_loss", "train_loss"):
        rows = [row for row in trains.state.log_history if key in row]
        steps = [row["step"] for row in rows]
        assert points(run, key) == (steps, [row[key] for row in rows]), key
    parameters = run["parameters"]
    assert (parameters["learning_rate"], parameters["model"]["class"], parameters["model"]["hidden_size"]) == (
        1e-3, "BertForSequenceClassification", 16)


def test_a_training_that_raises_is_failed(store, tumours, tmp_path):
    with pytest.raises(ZeroDivisionError), RunCallback(project="p", store=store) as callback:
        trainer(tmp_path / "out", tumours, callback, Failing()).train()
    (run,) = read_runs("p", store=store)
    assert (run["status"], run["error"]) == ("failed", "ZeroDivisionError: in the training")
