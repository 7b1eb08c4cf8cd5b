"""LibreOffice Calc's functions of a row y of true values and a row p of predictions. LibreOffice 7.4.7.2, from Debian.

Writes a sheet with two rows a sample and its formulas, and lets `soffice --headless` make a CSV of it, all digits kept.
"""

import csv
import pathlib
import subprocess
import tempfile
from html import escape

from ask import golden, samples

questions = {
    "RSQ": "RSQ(y;p)", "CORREL": "CORREL(y;p)", "PEARSON": "PEARSON(y;p)", "SLOPE": "SLOPE(y;p)", "INTERCEPT": "INTERCEPT(y;p)",
    "STEYX": "STEYX(y;p)", "COVARIANCE.P": "COM.MICROSOFT.COVARIANCE.P(y;p)", "COVARIANCE.S": "COM.MICROSOFT.COVARIANCE.S(y;p)",
    "SUMXMY2/COUNT": "SUMXMY2(y;p)/COUNT(y)", "SQRT(SUMXMY2/COUNT)": "SQRT(SUMXMY2(y;p)/COUNT(y))",
    "1-SUMXMY2/DEVSQ": "1-SUMXMY2(y;p)/DEVSQ(y)", "1-VAR.P/VAR.P": "1-COM.MICROSOFT.VAR.P(y-p)/COM.MICROSOFT.VAR.P(y)",
    "AVERAGE(ABS)": "AVERAGE(ABS(y-p))", "AVERAGE(relative)": "AVERAGE(ABS((y-p)/y))", "MEDIAN(ABS)": "MEDIAN(ABS(y-p))",
    "MAX(ABS)": "MAX(ABS(y-p))", "PERCENTILE.INC(ABS;0.9)": "COM.MICROSOFT.PERCENTILE.INC(ABS(y-p);0.9)",
    "PERCENTILE.EXC(ABS;0.9)": "COM.MICROSOFT.PERCENTILE.EXC(ABS(y-p);0.9)", "STDEV.S(error)": "COM.MICROSOFT.STDEV.S(p-y)",
    "AVERAGE(error)": "AVERAGE(p-y)",
}
numbers = [sample for sample in samples if sample["kind"] == "numbers"]


def column(index):
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name


def values(row):
    return "".join(f'<table:table-cell office:value-type="float" office:value="{value!r}"/>' for value in row.tolist())


def rows(index, sample):
    last = column(len(questions) + len(sample["y_true"]) - 1)
    first = column(len(questions))
    y, p = (f"[.{first}{row}:.{last}{row}]" for row in (2 * index + 1, 2 * index + 2))
    cells = ""
    for asked in questions.values():
        formula = asked.replace("y", y)
        formula = "".join(p if c == "p" else c for c in formula)
        matrix = 'table:number-matrix-columns-spanned="1" table:number-matrix-rows-spanned="1"'
        cells += f'<table:table-cell {matrix} table:formula="of:={escape(formula)}"/>'
    empty = f'<table:table-cell table:number-columns-repeated="{len(questions)}"/>'
    upper, lower = cells + values(sample["y_true"]), empty + values(sample["y_pred"])
    return f"<table:table-row>{upper}</table:table-row><table:table-row>{lower}</table:table-row>"


def answers():
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
        for name, space in {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "of": "of:1.2"}.items()
    )
    table = "".join(rows(index, sample) for index, sample in enumerate(numbers))
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{names} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f'<table:table table:name="t">{table}</table:table></office:spreadsheet></office:body></office:document>'
    )
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "t.fods").write_text(sheet)
        # Comma, double quote, UTF-8, from the first line; the eighth says whether cells are saved as shown, in few digits.
        convert = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", convert]
        subprocess.run([*command, "--outdir", folder, str(path / "t.fods")], check=True, capture_output=True)
        lines = list(csv.reader((path / "t.csv").open()))
    return {id(sample): lines[2 * index] for index, sample in enumerate(numbers)}


told = answers()
golden("7.4.7.2", {
    f"libreoffice:{name}": (["numbers"], lambda sample, i=i: told[id(sample)][i]) for i, name in enumerate(questions)
})
