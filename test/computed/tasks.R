# Prints the numbers of ../task.sql for which no published example was found. Dispersions are Pearson
# residuals of glm's Poisson family; mid-p limits are searched for in beta functions; the error of a
# mean speed of which some times are missing is written out below.
cat(R.version.string, "\n")

show <- function(what, ...) {
  cat(what, formatC(c(...), digits = 12, format = "g", flag = "#", width = 1), "\n")
}

dispersion <- function(formula) {
  fit <- glm(formula, family = poisson, control = list(epsilon = 1e-15, maxit = 100))
  max(1, sum(residuals(fit, type = "pearson")^2) / df.residual(fit))
}

# Events per unit: the exact limits of events / dispersion, times dispersion / units.
event_rate <- function(what, x, confidence = 0.95) {
  d <- if (sum(x) > 0) dispersion(x ~ 1) else 1
  a <- (1 - confidence) / 2
  e <- sum(x) / d
  low <- if (e > 0) qchisq(a, 2 * e) / 2 else 0
  show(paste(what, confidence), mean(x), c(low, qchisq(1 - a, 2 * e + 2) / 2) * d / length(x))
}

# The share of the first group in all events, which may be no whole number: mid-p by beta functions.
upper <- function(x, n, p) {
  if (x <= 0) 1 else pbeta(p, x, n - x + 1)
}
mid_upper <- function(x, n, p) { # P(X > x) + P(X = x) / 2
  above <- if (x + 1 > n) 0 else pbeta(p, x + 1, n - x)
  (upper(x, n, p) + above) / 2
}
event_ratio <- function(what, x, y, confidence = 0.95) {
  group <- rep(1:0, c(length(x), length(y)))
  d <- dispersion(c(x, y) ~ group)
  a <- (1 - confidence) / 2
  s <- sum(x) / d
  n <- (sum(x) + sum(y)) / d
  target <- length(x) / (length(x) + length(y))
  find <- function(f) uniroot(f, c(1e-12, 1 - 1e-12), tol = 1e-14)$root
  low <- find(function(p) mid_upper(s, n, p) - a)
  high <- find(function(p) 1 - mid_upper(s, n, p) - a)
  tail <- mid_upper(s, n, target)
  odds <- function(p) p / (1 - p) * length(y) / length(x)
  show(paste(what, confidence), mean(x) / mean(y), odds(low), odds(high), min(1, 2 * min(tail, 1 - tail)))
}

few <- c(0, 1, 2, 0, 0, 5, 3, 1)
none <- rep(0, 6)
regular <- c(1, 1, 2, 1, 1, 2, 1)
wild <- c(0, 0, 0, 12, 0, 1, 0, 9, 0, 0)
other <- c(0, 0, 1, 0, 2, 0, 0, 1, 0, 1, 0, 0)
event_rate("few", few)
event_rate("few", few, 0.8)
event_rate("none", none)
event_rate("regular", regular)
event_rate("wild", wild)
event_ratio("few by other", few, other)
event_ratio("few by other", few, other, 0.9)
event_ratio("wild by regular", wild, regular)
event_ratio("other by regular", other, regular)

# Goals per minute where two of eight completed attempts were not timed, and four failed.
seconds <- c(55, 65, 75, 62, 45, 135)
speed <- 60 / seconds
p <- 8 / 12
se <- sqrt(mean(speed)^2 * p * (1 - p) / 11 + p^2 * var(speed) / 6)
show("goals", p * mean(speed), p * mean(speed) + c(-1, 1) * qt(0.975, 5) * se)
