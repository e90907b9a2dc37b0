# Prints the computed numbers of ../published_items.sql and, given the path of bfi_answers.csv as an
# argument, those of ../real_items.pl. Alphas, their intervals, and what one item does to them come
# from package psych, regressions from lm(), relative weights from eigen() by Johnson's formula.
suppressPackageStartupMessages(library(psych))
cat(R.version.string, ", psych ", as.character(packageVersion("psych")), "\n", sep = "")

show <- function(what, numbers) cat(what, formatC(unlist(numbers), digits = 12, width = 1), "\n")

reliability <- function(name, answers) {
  # The interval takes the rows of the table for respondents: none may have a gap.
  a <- suppressWarnings(alpha(as.data.frame(answers), warnings = FALSE, check.keys = FALSE))
  show(paste(name, "alpha, low, high, respondents"),
       c(a$feldt$alpha, a$feldt$lower.ci, a$feldt$upper.ci, nrow(answers)))
  show(paste(name, "correlation with the rest"), a$item.stats$r.drop)
  if (ncol(answers) > 2) show(paste(name, "alpha without"), a$alpha.drop$raw_alpha)
}

drivers <- function(name, answers, outcome) {
  standardised <- scale(answers)
  y <- standardised[, outcome]
  x <- standardised[, -outcome]
  fit <- summary(lm(y ~ x))
  show(paste(name, "R squared"), fit$r.squared)
  show(paste(name, "correlation"), cor(x, y))
  show(paste(name, "beta"), coef(fit)[-1, 1])
  e <- eigen(cor(x), symmetric = TRUE)
  root <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
  show(paste(name, "relative weight"), root^2 %*% solve(root, cor(x, y))^2)
}

# Answers that a formula makes, the same as in SQL
i <- 1:60
loading <- c(1, 0.5, -0.25, 0.75, 0)
made <- sapply(1:5, function(j) ((37 * i) %% 41) * loading[j] + (i * i * (j + 2)) %% 17)
made <- cbind(made, made[, 1] / 3 - made[, 3] + (29 * i) %% 23)
show("made means", colMeans(made))
show("made standard deviations", apply(made, 2, sd))
reliability("made", made)
drivers("made", made, 6)
reliability("made, two items", made[, 1:2])

path <- commandArgs(trailingOnly = TRUE)
if (length(path) == 1) {
  bfi <- read.csv(path)
  reversed <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
  bfi[reversed] <- 7 - bfi[reversed]
  for (s in c("A", "C", "E", "N", "O")) {
    answers <- bfi[paste0(s, 1:5)]
    reliability(s, answers[complete.cases(answers), ])
  }
  answers <- bfi[c(paste0("A", 1:5), paste0("C", 1:5), paste0("E", 1:5), "N1")]
  answers <- as.matrix(answers[complete.cases(answers), ])
  cat("drivers of N1: respondents", nrow(answers), "\n")
  drivers("N1", answers, 16)
}
