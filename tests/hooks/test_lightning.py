"""Lightning on the processor: what is logged is what a logger of its own gets."""

import lightning
import pandas
import pytest
import pytorch_lightning
import torch
from lightning.pytorch.loggers import CSVLogger
from torch.nn.functional import binary_cross_entropy_with_logits

from ml_tracking import read_runs, start_run
from ml_tracking.lightning import RunLogger


class Classifier(lightning.LightningModule):
    def __init__(self, lr=0.01, width=8, fails=False):
        super().__init__()
        self.save_hyperparameters()
        self.layers = torch.nn.Sequential(torch.nn.Linear(30, width), torch.nn.ReLU(), torch.nn.Linear(width, 1))

    def loss(self, batch):
        return binary_cross_entropy_with_logits(self.layers(batch[0])[:, 0], batch[1].float())

    def training_step(self, batch, number):
        if self.hparams.fails and number == 3:
            raise ZeroDivisionError("in the training")
        loss = self.loss(batch)
        self.log("train_loss", loss, on_step=True, on_epoch=True)
        return loss

    def validation_step(self, batch, number):
        self.log("val_loss", self.loss(batch))

    def test_step(self, batch, number):
        self.log("test_loss", self.loss(batch))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), self.hparams.lr)


def trainer(loggers, epochs=2):
    return lightning.Trainer(logger=loggers, max_epochs=epochs, log_every_n_steps=5, accelerator="cpu", enable_progress_bar=False,
                             enable_model_summary=False)


def loader(X, y):
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.tensor(X), torch.tensor(y)), 32)


def test_metrics_hyperparameters_and_a_later_test_are_logged(store, tumours, points, tmp_path):
    X_train, X_test, y_train, y_test = tumours
    theirs = CSVLogger(tmp_path)
    trains = trainer([RunLogger(project="p", name="first", store=store), theirs])
    model = Classifier()
    trains.fit(model, loader(X_train, y_train), loader(X_test, y_test))
    assert read_runs("p", store=store)[0]["status"] == "finished"
    (tested,) = trains.test(model, loader(X_test, y_test), verbose=False)
    (run,) = read_runs("p", store=store)
    assert (run["name"], run["status"]) == ("first", "finished")
    assert run["parameters"] == {"lr": 0.01, "width": 8, "fails": False}
    table = pandas.read_csv(f"{theirs.log_dir}/metrics.csv")
    for key in ("train_loss_step", "train_loss_epoch", "val_loss"):
        rows = table[table[key].notna()]
        assert points(run, key) == (rows["step"].tolist(), pytest.approx(rows[key].tolist())), key
    assert points(run, "val_loss")[0] == [13, 27] and points(run, "test_loss") == ([28], [tested["test_loss"]])


def test_a_training_that_raises_is_failed_and_a_given_run_stays_open(store, tumours):
    X, _, y, _ = tumours
    with pytest.raises(ZeroDivisionError):
        trainer(RunLogger(project="p", store=store)).fit(Classifier(fails=True), loader(X, y))
    assert read_runs("p", store=store)[0]["status"] == "failed"
    with start_run("given", store=store) as run:
        trainer(RunLogger(run), epochs=1).fit(Classifier(), loader(X, y))
        (found,) = read_runs("given", store=store)
        assert found["status"] == "running" and found["parameters"]["width"] == 8 and found["metrics"]["train_loss_epoch"] > 0


def test_the_trainer_of_pytorch_lightning_takes_it_too(store, tumours):
    class Its(pytorch_lightning.LightningModule):
        def __init__(self, lr=0.5):
            super().__init__()
            self.save_hyperparameters()
            self.layer = torch.nn.Linear(30, 1)

        def training_step(self, batch, number):
            loss = binary_cross_entropy_with_logits(self.layer(batch[0])[:, 0], batch[1].float())
            self.log("loss", loss)
            return loss

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), self.hparams.lr)

    X, _, y, _ = tumours
    trains = pytorch_lightning.Trainer(logger=RunLogger(project="p", store=store), max_epochs=1, log_every_n_steps=5,
                                       accelerator="cpu", enable_progress_bar=False, enable_model_summary=False)
    trains.fit(Its(), loader(X, y))
    (run,) = read_runs("p", store=store)
    assert run["status"] == "finished" and run["parameters"] == {"lr": 0.5} and run["metrics"]["loss"] > 0
