# What R and its packages say of the samples of numbers: Rscript ask_r_numbers.R R|caret|Metrics|MLmetrics > golden/NAME-numbers.json
# R 4.2.2, caret 6.0-93, Metrics 0.1.4, MLmetrics 1.1.1 and jsonlite 1.8.4, all from Debian. NA is no answer; NaN is one.

library <- commandArgs(TRUE)[1]
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
samples <- jsonlite::fromJSON(file.path(dirname(script), "samples.json"), simplifyDataFrame = FALSE)
numbers <- Filter(function(sample) sample$kind == "numbers", samples)

post_resample <- function(name) function(y, p) caret::postResample(p, y)[[name]]
metrics <- function(name) function(y, p) getExportedValue("Metrics", name)(y, p)
ml_metrics <- function(name) function(y, p) getExportedValue("MLmetrics", name)(p, y)
quantile_of_type <- function(type) function(y, p) quantile(abs(y - p), 0.9, type = type)[[1]]

questions <- list(
  R = c(
    list(
      "cor" = function(y, p) cor(y, p),
      "cor(method='spearman')" = function(y, p) cor(y, p, method = "spearman"),
      "cor(method='kendall')" = function(y, p) cor(y, p, method = "kendall"),
      "mean(abs)" = function(y, p) mean(abs(y - p)),
      "sqrt(mean(squares))" = function(y, p) sqrt(mean((y - p)^2)),
      "median(abs)" = function(y, p) median(abs(y - p)),
      "mad(error)" = function(y, p) mad(y - p),
      "IQR(error)" = function(y, p) IQR(y - p),
      "sd(error)" = function(y, p) sd(y - p),
      "1 - ratio of squares" = function(y, p) 1 - sum((y - p)^2) / sum((y - mean(y))^2),
      "1 - ratio of variances" = function(y, p) 1 - var(y - p) / var(y)
    ),
    setNames(lapply(c(1:3, 5:8), quantile_of_type), paste0("quantile(0.9, type=", c(1:3, 5:8), ")(abs)"))
  ),
  caret = list(
    "postResample(RMSE)" = post_resample("RMSE"),
    "postResample(Rsquared)" = post_resample("Rsquared"),
    "postResample(MAE)" = post_resample("MAE"),
    "R2" = function(y, p) caret::R2(p, y),
    "R2(formula='traditional')" = function(y, p) caret::R2(p, y, formula = "traditional"),
    "RMSE" = function(y, p) caret::RMSE(p, y),
    "MAE" = function(y, p) caret::MAE(p, y)
  ),
  Metrics = sapply(
    c("mae", "mse", "rmse", "mdae", "mape", "smape", "msle", "rmsle", "bias", "percent_bias", "rae", "rse", "rrse"),
    metrics,
    simplify = FALSE
  ),
  MLmetrics = sapply(
    c("MAE", "MSE", "RMSE", "MAPE", "MedianAE", "MedianAPE", "RMSPE", "RMSLE", "R2_Score", "RAE", "RRSE"),
    ml_metrics,
    simplify = FALSE
  )
)[[library]]

said <- function(answer, sample) {
  value <- tryCatch(suppressWarnings(answer(sample$y_true, sample$y_pred)), error = function(error) NA)
  if (is.nan(value)) return("\"nan\"")
  if (is.na(value)) return("null")
  if (is.infinite(value)) return(if (value > 0) "\"inf\"" else "\"-inf\"")
  sprintf("%.17g", value)
}
prefix <- if (library == "Metrics") "r-metrics" else tolower(library)
version <- if (library == "R") as.character(getRversion()) else packageDescription(library)$Version
lines <- sapply(names(questions), function(name) {
  of <- sapply(numbers, function(sample) said(questions[[name]], sample))
  sprintf("\"%s:%s\":{\"kinds\":[\"numbers\"],\"of\":[%s]}", prefix, name, paste(of, collapse = ","))
})
cat(sprintf("{\"version\":\"%s\",\"answers\":{\n%s\n}}\n", version, paste(lines, collapse = ",\n")))
