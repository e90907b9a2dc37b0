# Prints the bootstrap numbers of ../published_means.sql: how far the delta-method error of a ratio
# lies from a bootstrap over customers, and how often its interval covers the true ratio.
#
# Customers come from a rule of integers that SQL repeats exactly: two steps of Lehmer's generator,
# x <- 48271 x modulo 2^31 - 1, from 12345, per customer. The first step gives the visits (skewed:
# most come once, some thirty times), the second what a visit brings, so that a customer's revenue
# goes with the visits. Revenue over visits is 20 in the population.
MODULUS <- 2147483647
revenue <- function(visits, v) visits * (5 + 60 * v * v * v)
visits <- function(u) 1 + floor(30 * u * u * u * u)

x <- numeric(400)
x[1] <- (48271 * 12345) %% MODULUS
for (i in 2:400) x[i] <- (48271 * x[i - 1]) %% MODULUS
u <- x[seq(1, 400, 2)] / MODULUS
v <- x[seq(2, 400, 2)] / MODULUS
y <- visits(u)
x <- revenue(y, v)

delta <- function(x, y) {
  n <- length(x)
  r <- sum(x) / sum(y)
  c(r, sqrt(n / (n - 1) * sum((x - r * y)^2)) / sum(y))
}

show <- function(what, ...) cat(what, formatC(c(...), digits = 10, format = "g", width = 1), "\n")
cat(R.version.string, "\n")
show("units, visits, most visits, revenue", length(y), sum(y), max(y), sum(x))
d <- delta(x, y)
show("ratio, delta-method standard error", d)
show("delta-method interval", d[1] + c(-1, 1) * qt(0.975, 199) * d[2])

set.seed(1979, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
resampled <- replicate(20000, {
  i <- sample.int(200, replace = TRUE)
  sum(x[i]) / sum(y[i])
})
show("bootstrap standard error", sd(resampled))
show("bootstrap percentile interval", quantile(resampled, c(0.025, 0.975)))
show("delta over bootstrap", d[2] / sd(resampled))

for (n in c(10, 30, 100, 300)) {
  covered <- replicate(20000, {
    y <- visits(runif(n))
    d <- delta(revenue(y, runif(n)), y)
    abs(d[1] - 20) <= qt(0.975, n - 1) * d[2]
  })
  show(paste("coverage of the 95 % interval with", n, "customers"), mean(covered))
}
