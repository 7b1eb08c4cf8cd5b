"""Evidently's metrics of a regression. Evidently 0.7.23, scikit-learn 1.9.1, pandas 2.3.3: it does not start with pandas 3."""

import functools

import evidently
import pandas
from ask import golden, samples
from evidently import DataDefinition, Dataset, Regression, Report
from evidently.metrics import MAE, MAPE, RMSE, AbsMaxError, MeanError, R2Score

metrics = {"MAE": MAE, "RMSE": RMSE, "MAPE": MAPE, "R2Score": R2Score, "AbsMaxError": AbsMaxError, "MeanError": MeanError}
definition = DataDefinition(regression=[Regression(target="target", prediction="prediction")])


@functools.cache
def answers(index):
    table = pandas.DataFrame({"target": samples[index]["y_true"], "prediction": samples[index]["y_pred"]})
    report = Report([metric() for metric in metrics.values()])
    told = report.run(Dataset.from_pandas(table, data_definition=definition), None).dict()["metrics"]
    values = {metric["metric_name"].split("(")[0]: metric["value"] for metric in told}
    return {name: value["mean"] if isinstance(value, dict) else value for name, value in values.items()}


places = {id(sample): index for index, sample in enumerate(samples)}
golden(evidently.__version__, {
    f"evidently:{name}": (["numbers"], lambda sample, name=name: answers(places[id(sample)])[name]) for name in metrics
})
