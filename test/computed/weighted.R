# Prints the weighted numbers of ../published.sql. Linearised standard errors come from package
# survey; what is derived from them (effective sample size, intervals) is written out below.
suppressPackageStartupMessages(library(survey))
cat(R.version.string, ", survey ", as.character(packageVersion("survey")), "\n", sep = "")
options(digits = 12)

linearised <- function(x, w) {
  n <- length(x)
  m <- svymean(~x, svydesign(ids = ~1, weights = ~w, data = data.frame(x, w)))
  se <- as.numeric(SE(m))
  v <- weighted.mean((x - coef(m))^2, w)
  # The standard error has n / (n - 1) in it: without it, equal weights give n.
  list(mean = unname(coef(m)), se = se, effective_n = unname(v / (se^2 * (n - 1) / n)))
}

w <- c(1.2, 0.8, 2.5, 0.5, 1.0, 3.1, 0.7, 1.9, 0.6, 2.2, 1.4, 0.9)
z <- qnorm(0.975)

# Seven-point ratings: mean, t interval with effective_n - 1 degrees of freedom.
x <- c(5, 3, 7, 6, 2, 4, 5, 6, 7, 1, 3, 5)
r <- linearised(x, w)
cat("likert", r$mean, r$effective_n, r$mean + c(-1, 1) * qt(0.975, r$effective_n - 1) * r$se, "\n")
cat("likert, constant answers: Kish", sum(w)^2 / sum(w^2), "\n")

# Share of answers of 5 and more: Wilson with the effective sample size.
y <- as.numeric(x >= 5)
r <- linearised(y, w)
p <- r$mean
n <- r$effective_n
cat("rate", p, n, (p + z^2 / (2 * n) + c(-1, 1) * z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))) / (1 + z^2 / n), "\n")

# Net Promoter Score: adjusted Wald with the effective sample size.
s <- c(1, 1, 0, -1, 0, 1, -1, 1, -1, 1, 0, 0)
r <- linearised(s, w)
n <- r$effective_n
share <- function(k) sum(w[s == k]) / sum(w)
a <- (n * share(1) + 0.75) / (n + 3)
d <- (n * share(-1) + 0.75) / (n + 3)
cat("nps", 100 * r$mean, n, 100 * (a - d + c(-1, 1) * z * sqrt((a + d - (a - d)^2) / (n + 3))), "\n")
