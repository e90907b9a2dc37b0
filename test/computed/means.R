# Prints the means of ../published_means.sql for which no published example was found. Linearised
# standard errors come from package survey; the effective sample size, its bound and what follows
# from them are written out below.
suppressPackageStartupMessages(library(survey))
cat(R.version.string, ", survey ", as.character(packageVersion("survey")), "\n", sep = "")

show <- function(what, ...) {
  cat(what, formatC(c(...), digits = 12, format = "g", flag = "#", width = 1), "\n")
}

# The mean, its standard error, the standard deviation, and the number of unweighted answers that
# would be as precise: at most twice Kish's.
weighted <- function(x, w) {
  n <- length(x)
  m <- svymean(~x, svydesign(ids = ~1, weights = ~w, data = data.frame(x, w)))
  variance <- n / (n - 1) * weighted.mean((x - coef(m))^2, w)
  n_eff <- variance / as.numeric(SE(m))^2
  kish <- sum(w)^2 / sum(w^2)
  if (n_eff > 2 * kish) n_eff <- 2 * kish
  list(mean = unname(coef(m)), sd = unname(sqrt(variance)), n_eff = unname(n_eff),
    se = unname(sqrt(variance / n_eff)), linearised = as.numeric(SE(m)))
}

estimate <- function(what, x, w, confidence = 0.95) {
  r <- weighted(x, w)
  show(paste(what, confidence), r$mean, r$sd, r$n_eff,
    r$mean + c(-1, 1) * qt((1 + confidence) / 2, r$n_eff - 1) * r$se)
  show("  linearised standard error", r$linearised)
}

welch <- function(what, a, b, confidence = 0.95) {
  d <- a$mean - b$mean
  va <- a$se^2
  vb <- b$se^2
  df <- (va + vb)^2 / (va^2 / (a$n_eff - 1) + vb^2 / (b$n_eff - 1))
  show(paste(what, confidence), d, d + c(-1, 1) * qt((1 + confidence) / 2, df) * sqrt(va + vb),
    2 * pt(-abs(d) / sqrt(va + vb), df))
}

target <- function(what, a, to) {
  t <- (a$mean - to) / a$se
  show(paste(what, "against", to), a$mean - to, 2 * pt(-abs(t), a$n_eff - 1),
    pt(t, a$n_eff - 1, lower.tail = FALSE), pt(t, a$n_eff - 1))
}

# Scores of a questionnaire, weighted to the customers' ages.
score <- c(90, 77.5, 72.5, 95, 62.5, 57.5, 100, 95, 82.5, 80, 52.5, 87.5)
w <- c(1.2, 0.8, 2.5, 0.5, 1.0, 3.1, 0.7, 1.9, 0.6, 2.2, 1.4, 0.9)
other <- c(55, 62.5, 70, 45, 82.5, 60, 77.5, 50)
v <- c(0.5, 1.5, 1.25, 2, 0.75, 1, 0.25, 0.75)
estimate("score", score, w)
estimate("score", score, w, 0.8)
estimate("other", other, v)
welch("score - other", weighted(score, w), weighted(other, v))
welch("score - other", weighted(score, w), weighted(other, v), 0.9)
target("score", weighted(score, w), 68)

# One answer with nearly all of the weight: twice Kish's number
estimate("bounded", c(10, 8, 0), c(1000, 1, 1))

# Constant answers: Kish's number
cat("\n")
show("constant", sum(w)^2 / sum(w^2))

# Without weights
cat("\n")
t <- t.test(score)
show("unweighted score", mean(score), sd(score), t$conf.int)
t <- t.test(score, other)
show("unweighted score - other", mean(score) - mean(other), t$conf.int, t$p.value)
