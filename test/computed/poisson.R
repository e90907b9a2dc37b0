# Prints the exact limits of a rate for few events, and of the ratio of two rates, of ../published.sql.
cat(R.version.string, "\n")
options(digits = 10)
for (case in list(c(0, 1), c(1, 1), c(3, 2))) {
  cat(case, poisson.test(case[1], case[2])$conf.int, "\n")
}
# The p-value of poisson.test() sums what is less likely; twice the smaller tail goes with its interval.
for (case in list(c(11, 800, 21, 3011), c(41, 28010, 15, 19017), c(19, 1, 5, 1), c(0, 120, 4, 100))) {
  a <- case[1]
  n <- a + case[3]
  share <- case[2] / (case[2] + case[4])
  test <- poisson.test(c(a, case[3]), c(case[2], case[4]))
  tails <- c(pbinom(a, n, share), pbinom(a - 1, n, share, lower.tail = FALSE))
  cat(case, sprintf("%.10f", c(test$estimate, test$conf.int, min(1, 2 * tails))), "\n")
}
