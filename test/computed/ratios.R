# Prints the ratios of ../published_means.sql for which no published example was found. A ratio and
# its linearised standard error come from svyratio; tests and intervals are written out below.
suppressPackageStartupMessages(library(survey))
cat(R.version.string, ", survey ", as.character(packageVersion("survey")), "\n", sep = "")

show <- function(what, ...) {
  cat(what, formatC(c(...), digits = 12, format = "g", flag = "#", width = 1), "\n")
}

delta <- function(numerator, denominator) {
  units <- data.frame(numerator, denominator, one = 1)
  r <- svyratio(~numerator, ~denominator, svydesign(ids = ~1, weights = ~one, data = units))
  list(ratio = as.numeric(coef(r)), se = as.numeric(SE(r)), df = length(numerator) - 1)
}

estimate <- function(what, a, confidence = 0.95)
  show(paste(what, confidence), a$ratio, a$se,
    a$ratio + c(-1, 1) * qt((1 + confidence) / 2, a$df) * a$se)

target <- function(what, a, to) {
  t <- (a$ratio - to) / a$se
  show(paste(what, "against", to), a$ratio - to,
    a$ratio - to + c(-1, 1) * qt(0.975, a$df) * a$se,
    2 * pt(-abs(t), a$df), pt(t, a$df, lower.tail = FALSE), pt(t, a$df))
}

satterthwaite <- function(va, dfa, vb, dfb) (va + vb)^2 / (va^2 / dfa + vb^2 / dfb)

difference <- function(what, a, b, confidence = 0.95) {
  d <- a$ratio - b$ratio
  se <- sqrt(a$se^2 + b$se^2)
  df <- satterthwaite(a$se^2, a$df, b$se^2, b$df)
  show(paste(what, confidence), d, d + c(-1, 1) * qt((1 + confidence) / 2, df) * se,
    2 * pt(-abs(d) / se, df))
}

quotient <- function(what, a, b, confidence = 0.95) {
  d <- log(a$ratio / b$ratio)
  va <- (a$se / a$ratio)^2
  vb <- (b$se / b$ratio)^2
  df <- satterthwaite(va, a$df, vb, b$df)
  show(paste(what, confidence), exp(d),
    exp(d + c(-1, 1) * qt((1 + confidence) / 2, df) * sqrt(va + vb)),
    2 * pt(-abs(d) / sqrt(va + vb), df))
}

# Per customer: orders returned of orders, in two shops.
a <- delta(c(0, 1, 0, 3, 2, 0, 7, 1, 0, 4, 1, 12), c(2, 5, 1, 9, 4, 3, 20, 2, 1, 11, 6, 41))
b <- delta(c(1, 0, 0, 2, 1, 0, 3, 0, 1), c(8, 3, 2, 14, 5, 1, 25, 4, 9))
# Per customer: revenue and visits, with fractions.
c <- delta(c(120.5, 0, 33.25, 410, 75, 8.75, 59.5, 260), c(4, 1, 2, 9, 3, 1, 2, 5))

estimate("a", a)
estimate("a", a, 0.9)
estimate("b", b)
estimate("c", c)
target("a", a, 0.25)
target("c", c, 30)
difference("a - b", a, b)
difference("a - b", a, b, 0.9)
quotient("a / b", a, b)
quotient("a / b", a, b, 0.9)

# apiclus1: the 15 districts as units. Without the finite population correction of the 757
# districts, which the published standard errors contain.
data(api)
districts <- svydesign(ids = ~dnum, weights = ~pw, data = apiclus1)
show("api.stu / enroll", as.numeric(coef(svyratio(~api.stu, ~enroll, districts))),
  as.numeric(SE(svyratio(~api.stu, ~enroll, districts))))
show("api00 / schools", coef(svymean(~api00, districts)), SE(svymean(~api00, districts)))
