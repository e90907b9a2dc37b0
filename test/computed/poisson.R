# Prints the exact limits of a rate for few events of ../published.sql.
cat(R.version.string, "\n")
options(digits = 10)
for (case in list(c(0, 1), c(1, 1), c(3, 2))) {
  cat(case, poisson.test(case[1], case[2])$conf.int, "\n")
}
