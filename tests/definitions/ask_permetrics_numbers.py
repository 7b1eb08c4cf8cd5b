"""permetrics' measures of numbers, with its defaults. permetrics 2.1.0, NumPy 2.4.6."""

import permetrics
from ask import golden
from permetrics.regression import RegressionMetric

names = [
    "EVS", "ME", "MAE", "MBE", "MSE", "RMSE", "MSLE", "MedAE", "MPE", "MAPE", "SMAPE", "SMAPE_NP", "SMAPE_S", "MAAPE", "NSE",
    "NNSE", "WI", "R", "AR", "R2S", "R2", "CI", "DRV", "KGE", "VAF", "RAE", "RRSE", "A10", "A20", "A30", "NRMSE", "COV", "OI",
    "CRM", "RGINI",
]


def measure(name):
    return lambda sample: getattr(RegressionMetric(sample["y_true"], sample["y_pred"]), name)()


golden(permetrics.__version__, {f"permetrics:{name}": (["numbers"], measure(name)) for name in names})
