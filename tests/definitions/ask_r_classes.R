# What R's packages caret 6.0-93, MLmetrics 1.1.1 and pROC 1.18.0 say of the samples of classes (Debian's r-cran-caret, r-cran-mlmetrics
# and r-cran-proc, and r-cran-jsonlite to read the samples). Run: Rscript ask_r_classes.R PACKAGE > golden/PACKAGE.json
suppressPackageStartupMessages(library(jsonlite))
package <- commandArgs(TRUE)[1]
samples <- fromJSON("samples.json", simplifyDataFrame = FALSE)
levels_of <- function(s) as.character(seq_len(s$classes) - 1)
classes <- function(s, name) factor(s[[name]], levels = levels_of(s))

ask <- function(question, s) {
  value <- tryCatch(suppressMessages(suppressWarnings(question(s))), error = function(e) NULL)
  if (length(value) != 1 || (is.na(value) && !is.nan(value))) return("null")
  value <- as.numeric(value)
  if (is.nan(value)) '"nan"' else if (is.infinite(value)) (if (value > 0) '"inf"' else '"-inf"') else sprintf("%.17g", value)
}

golden <- function(version, questions) {
  rows <- vapply(names(questions), function(id) {
    kinds <- questions[[id]]$kinds
    asked <- Filter(function(s) s$kind %in% kinds, samples)
    answers <- vapply(asked, function(s) ask(questions[[id]]$of, s), "")
    sprintf('%s:{"kinds":%s,"of":[%s]}', toJSON(id, auto_unbox = TRUE), toJSON(kinds), paste(answers, collapse = ","))
  }, "")
  cat(sprintf('{"version":"%s","answers":{\n%s\n}}\n', version, paste(rows, collapse = ",\n")))
}

of <- function(kinds, question) list(kinds = kinds, of = question)
both <- c("two", "several")
matrix_of <- function(s) caret::confusionMatrix(classes(s, "y_pred"), classes(s, "y_true"))
by_class <- function(name) of("two", function(s) matrix_of(s)$byClass[[name]])
scores <- function(f) of("two", function(s) f(s$y_score, s$y_true))
labels <- function(f, kinds = "two") of(kinds, function(s) f(s$y_true, s$y_pred))

if (package == "caret") {
  by <- c("Sensitivity", "Specificity", "Pos Pred Value", "Neg Pred Value", "F1", "Prevalence", "Detection Rate", "Balanced Accuracy")
  golden("6.0-93", c(
    setNames(lapply(by, by_class), sprintf("caret:confusionMatrix(%s)", by)),
    setNames(lapply(c("Accuracy", "Kappa", "AccuracyNull"), function(name) of(both, function(s) matrix_of(s)$overall[[name]])),
             sprintf("caret:confusionMatrix(%s)", c("Accuracy", "Kappa", "AccuracyNull")))
  ))
} else if (package == "MLmetrics") {
  golden("1.1.1", list(
    "MLmetrics:AUC" = scores(MLmetrics::AUC), "MLmetrics:PRAUC" = scores(MLmetrics::PRAUC),
    "MLmetrics:LogLoss" = scores(MLmetrics::LogLoss), "MLmetrics:KS_Stat" = scores(MLmetrics::KS_Stat),
    "MLmetrics:F1_Score" = labels(MLmetrics::F1_Score), "MLmetrics:Precision" = labels(MLmetrics::Precision),
    "MLmetrics:Recall" = labels(MLmetrics::Recall), "MLmetrics:Specificity" = labels(MLmetrics::Specificity),
    "MLmetrics:Accuracy" = labels(function(y, p) MLmetrics::Accuracy(p, y), both),
    "MLmetrics:ZeroOneLoss" = labels(function(y, p) MLmetrics::ZeroOneLoss(p, y), both),
    "MLmetrics:MultiLogLoss" = of("several", function(s) {
      MLmetrics::MultiLogLoss(s$y_score, outer(s$y_true, seq_len(s$classes) - 1, "==") * 1)
    })
  ))
} else {
  golden("1.18.0", list(
    "pROC:auc" = of("two", function(s) pROC::auc(pROC::roc(s$y_true, s$y_score, levels = c(0, 1)))),
    "pROC:auc(direction='<')" = of("two", function(s) pROC::auc(pROC::roc(s$y_true, s$y_score, levels = c(0, 1), direction = "<"))),
    "pROC:multiclass.roc" = of("several", function(s) {
      colnames(s$y_score) <- levels_of(s)
      pROC::multiclass.roc(s$y_true, s$y_score)$auc
    })
  ))
}
