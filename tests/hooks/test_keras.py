"""Keras with the backend torch: what is logged is what the History has."""

import keras
import pytest

from ml_tracking import read_runs
from ml_tracking.keras import RunCallback


def compiled():
    layers = [keras.layers.Input((30,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return model


class Failing(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        raise ZeroDivisionError("in the training")


def test_epochs_batches_and_a_later_evaluation_are_logged(store, tumours, points):
    X_train, X_test, y_train, y_test = tumours
    model, callback = compiled(), RunCallback(project="p", every_batch=True, store=store)
    history = model.fit(X_train, y_train, epochs=3, validation_data=(X_test, y_test), verbose=0, callbacks=[callback]).history
    tested = model.evaluate(X_test, y_test, verbose=0, callbacks=[callback], return_dict=True)
    (run,) = read_runs("p", store=store)
    assert run["status"] == "finished"
    for key in ("loss", "accuracy", "val_loss", "val_accuracy"):
        assert points(run, key) == ([0, 1, 2], history[key])
    assert len(points(run, "batch/loss")[0]) == 3 * 14 and points(run, "learning_rate")[1] == pytest.approx([0.01] * 3)
    assert points(run, "test/loss")[1] == [tested["loss"]]
    parameters = run["parameters"]
    assert (parameters["epochs"], parameters["loss"], parameters["trainable_parameters"]) == (3, "binary_crossentropy", 30 * 8 + 8 + 8 + 1)
    assert parameters["optimizer"]["name"] == "adam" and parameters["optimizer"]["learning_rate"] == pytest.approx(0.01)


def test_a_fit_that_raises_is_failed_and_a_second_fit_is_a_run_of_its_own(store, tumours):
    X, _, y, _ = tumours
    with pytest.raises(ZeroDivisionError), RunCallback(project="p", store=store) as callback:
        compiled().fit(X, y, verbose=0, callbacks=[callback, Failing()])
    callback = RunCallback(project="p", store=store)
    for _ in range(2):
        compiled().fit(X, y, verbose=0, callbacks=[callback])
    assert [(run["status"], run["error"]) for run in read_runs("p", store=store)] == [
        ("failed", "ZeroDivisionError: in the training"), ("finished", None), ("finished", None)]
