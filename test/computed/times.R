# Prints the times of ../published_times.sql for which no published example was found: log-log
# limits, quantiles and their limits (Brookmeyer and Crowley 1982, on the log-log scale) come from
# survfit; intervals on logarithms from t.test; ranks of order statistics from the binomial.
suppressPackageStartupMessages(library(survival))
cat(R.version.string, ", survival ", as.character(packageVersion("survival")), "\n", sep = "")

show <- function(what, ...) {
  cat(what, formatC(c(...), digits = 12, format = "g", flag = "#", width = 1), "\n")
}

curve <- function(what, time, finished, confidence = 0.95) {
  fit <- survfit(Surv(time, finished) ~ 1, conf.type = "log-log", conf.int = confidence)
  s <- summary(fit)
  cat("\n", what, ", confidence ", confidence, "\n", sep = "")
  for (i in seq_along(s$time))
    show(paste(s$time[i], s$n.risk[i]), s$surv[i], s$lower[i], s$upper[i])
  q <- quantile(fit, c(0.25, 0.5, 0.75, 0.9))
  for (i in seq_along(q$quantile))
    cat("quantile", names(q$quantile)[i], q$quantile[i], q$lower[i], q$upper[i], "\n")
}

# Freireich et al. (1963): weeks of remission.
six_mp <- c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
six_mp_finished <- c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
placebo <- c(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

curve("Kaplan and Meier (1958)", c(0.8, 1, 2.7, 3.1, 5.4, 7, 9.2, 12.1), c(1, 0, 0, 1, 1, 0, 1, 0))
curve("6-MP", six_mp, six_mp_finished)
curve("6-MP", six_mp, six_mp_finished, 0.9)
curve("placebo", placebo, rep(1, 21))
with(subset(aml, x == "Maintained"), curve("aml, maintained", time, status))
with(subset(aml, x == "Nonmaintained"), curve("aml, not maintained", time, status))

# Response times of tickets in seconds, a third of them still open; fractions, ties of both kinds.
response <- c(12.5, 12.5, 30, 30, 45.25, 61, 61, 61, 88, 120, 120, 150.75, 300, 300, 420, 600, 600,
  900, 1800, 1800, 3600, 7200, 7200, 86400)
response_finished <- c(1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0)
curve("response", response, response_finished)
curve("response", response, response_finished, 0.99)

# Means of logarithms
cat("\n")
log_t <- function(what, x, confidence = 0.95)
  show(paste(what, confidence), exp(mean(log(x))), exp(t.test(log(x), conf.level = confidence)$conf.int))
log_target <- function(what, x, target, alternative) {
  t <- t.test(log(x), mu = log(target), alternative = alternative)
  show(paste(what, "against", target, alternative), exp(mean(log(x))) - target, exp(t$conf.int) - target, t$p.value)
}
log_welch <- function(what, x, y, confidence = 0.95) {
  t <- t.test(log(x), log(y), conf.level = confidence)
  show(paste(what, confidence), exp(mean(log(x)) - mean(log(y))), exp(t$conf.int), t$p.value)
}
task <- c(94, 95, 96, 113, 121, 132, 190, 193, 255, 298)
other <- c(55, 65, 75, 62, 45, 135)
log_t("task", task)
log_t("task", task, 0.9)
log_t("other", other)
log_t("placebo", placebo)
log_target("task", task, 120, "two.sided")
log_target("task", task, 180, "less")
log_target("task", task, 120, "greater")
log_welch("task over other", task, other)
log_welch("task over other", task, other, 0.9)
# Bland and Altman (1996): skinfolds in two diseases.
crohn <- c(1.8, 2.2, 2.4, 2.5, 2.8, 2.8, 3.2, 3.6, 3.8, 4, 4.2, 4.4, 4.8, 5.6, 6, 6.2, 6.6, 7, 10, 10.4)
coeliac <- c(1.8, 2, 2, 2, 3, 3.8, 4.2, 5.4, 7.6)
log_welch("skinfolds", crohn, coeliac)

# Ranks whose order statistics hold the median with at least the confidence
cat("\n")
for (confidence in c(0.9, 0.95, 0.99))
  for (n in c(6, 9, 10, 11, 19, 20, 30, 64)) {
    low <- qbinom((1 - confidence) / 2, n, 0.5)
    cat("ranks", confidence, n, low, n + 1 - low, "\n")
  }
