/*-------------------------------------------------------------------------
 *
 * distributions.h
 *	  Normal, Student, beta and chi-square distribution functions and quantiles.
 *
 * Every function here is pure C11 over libm, reentrant and bounded in time.  Cdf is the
 * lower tail, Tail the upper tail; Quantile takes a lower-tail probability and
 * TailQuantile an upper-tail one.  Both tails are computed directly, never as one minus
 * a number near one, so use the form whose probability is the small one: a quantile of
 * p = 1 - 1e-20 cannot be told from that of p = 1.
 *
 * Domain.  df, a and b are real numbers from 1e-100 to 1e100; Student accepts any larger
 * df, infinity included, as the normal distribution.  A NaN argument, a parameter
 * outside the domain, or a probability outside [0, 1] gives NaN.  An x outside the
 * support gives the limit, 0 or 1.  A quantile outside the range of double gives 0 or
 * infinity (for instance Student with df = 0.1 at 1e-300).
 *
 * Accuracy.  test/distributions/check.c enforces a relative error of at most
 * DISTRIBUTIONS_ERROR against a table made with mpmath, for parameters from 0.001 to
 * 1e9 and probabilities from 1e-300 in both tails.  The error is that of the result for
 * exactly the doubles given: a beta tail of 1e-300 with a + b = 1e9 changes by 1e-10 of
 * itself per ulp of x, so an x rounded by the caller costs the caller that much.  For a
 * parameter s below 0.001 the smaller tail degrades as about 1e-15 / s.  BetaQuantile
 * and BetaTailQuantile have their relative error on x itself; where 1 - x is what
 * matters and x is near one, swap a with b and take the other form.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CXUX_DISTRIBUTIONS_H
#define CXUX_DISTRIBUTIONS_H

#define DISTRIBUTIONS_ERROR 1e-11

extern double NormalCdf(double z);
extern double NormalTail(double z);
extern double NormalQuantile(double p);
extern double NormalTailQuantile(double q);

extern double StudentCdf(double t, double df);
extern double StudentTail(double t, double df);
extern double StudentQuantile(double p, double df);
extern double StudentTailQuantile(double q, double df);

extern double BetaCdf(double x, double a, double b);
extern double BetaTail(double x, double a, double b);
extern double BetaQuantile(double p, double a, double b);
extern double BetaTailQuantile(double q, double a, double b);

extern double ChiSquareCdf(double x, double df);
extern double ChiSquareTail(double x, double df);
extern double ChiSquareQuantile(double p, double df);
extern double ChiSquareTailQuantile(double q, double df);

#endif /* CXUX_DISTRIBUTIONS_H */
