"""netcal 1.4.0 on the samples with scores. Its calibration errors are numpy's and scipy's: torch, which it imports for
other parts, was a stand-in."""

import netcal
from ask import golden
from netcal.metrics import ECE, MCE


def measured(metric):
    def of(sample):
        return metric(10).measure(sample["y_score"], sample["y_true"])

    return of


golden(
    netcal.__version__,
    {
        "netcal:ECE(10)": (["two", "several"], measured(ECE)),
        "netcal:MCE(10)": (["two", "several"], measured(MCE)),
    },
)
