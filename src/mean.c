/*
 * mean.c
 *		Student's and Welch's intervals and tests of means, and of means of logarithms.
 */
#include "statistics.h"

/* Return the interval and p-value of an estimate with a t-distributed error */
static Difference
StudentDifference(double difference, double error, double df, double confidence,
				  Alternative alternative)
{
	Difference result = UndefinedDifference();
	double alpha = 1.0 - confidence;
	double t = difference / error;
	double reach;

	result.difference = difference;
	if (!(error > 0.0) || !(df > 0.0))
		return result; /* no variance observed: nothing to judge by */

	if (alternative == ALTERNATIVE_TWO_SIDED)
		alpha /= 2.0;
	reach = StudentTailQuantile(alpha, df) * error;
	result.low = (alternative == ALTERNATIVE_LESS) ? -INFINITY : difference - reach;
	result.high = (alternative == ALTERNATIVE_GREATER) ? INFINITY : difference + reach;

	switch (alternative)
	{
		case ALTERNATIVE_GREATER:
			result.p_value = StudentTail(t, df);
			break;
		case ALTERNATIVE_LESS:
			result.p_value = StudentCdf(t, df);
			break;
		case ALTERNATIVE_TWO_SIDED:
			result.p_value = fmin(1.0, 2.0 * StudentTail(fabs(t), df));
			break;
	}
	return result;
}

/* Return the standard error of a mean; one without any variance observed is not known */
double
KnownError(Mean m)
{
	return (m.error > 0.0 && m.df > 0.0) ? m.error : NOT_DEFINED;
}

/* Return Student's interval of a mean */
Limits
MeanInterval(Mean m, double confidence)
{
	Difference d = StudentDifference(m.mean, m.error, m.df, confidence, ALTERNATIVE_TWO_SIDED);
	Limits interval = {d.low, d.high};

	return interval;
}

/* Compare two means by Welch's test (1947), with Satterthwaite's degrees of freedom */
Difference
CompareMeans(Mean a, Mean b, double confidence)
{
	double difference = a.mean - b.mean;
	double variance_a = a.error * a.error;
	double variance_b = b.error * b.error;
	double variance = variance_a + variance_b;
	double share_a = variance_a / variance;
	double share_b = variance_b / variance;
	double df = 1.0 / (share_a * share_a / a.df + share_b * share_b / b.df);

	return StudentDifference(difference, sqrt(variance), df, confidence, ALTERNATIVE_TWO_SIDED);
}

/* Test a mean against a fixed target by Student's one-sample test */
Difference
TestMean(Mean m, double target, double confidence, Alternative alternative)
{
	double difference = m.mean - target;

	return StudentDifference(difference, m.error, m.df, confidence, alternative);
}

/* Return the interval of a geometric mean by that of the mean of logarithms */
Limits
ExponentiateInterval(Limits interval)
{
	interval.low = exp(interval.low);
	interval.high = exp(interval.high);
	return interval;
}

/* Return the ratio of geometric means by the difference of means of logarithms */
Difference
ExponentiateDifference(Difference difference)
{
	difference.difference = exp(difference.difference);
	difference.low = exp(difference.low);
	difference.high = exp(difference.high);
	return difference;
}
