/*
 * intervals.c
 *		What all intervals and tests share.
 */
#include "statistics.h"

/* Return the interval of an estimate that has none */
Limits
UndefinedInterval(void)
{
	Limits interval = {NOT_DEFINED, NOT_DEFINED};

	return interval;
}

/* Keep an interval within the possible range; NaN stays NaN */
Limits
ClipInterval(Limits interval, double low, double high)
{
	if (interval.low < low)
		interval.low = low;
	if (interval.low > high)
		interval.low = high;
	if (interval.high > high)
		interval.high = high;
	if (interval.high < low)
		interval.high = low;
	return interval;
}

/* Shift an interval by an offset, then scale it to the measure's unit */
Limits
MoveInterval(Limits interval, double offset, double factor)
{
	interval.low = (interval.low + offset) * factor;
	interval.high = (interval.high + offset) * factor;
	return interval;
}

/* Return the difference of what cannot be compared */
Difference
UndefinedDifference(void)
{
	Difference difference = {NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};

	return difference;
}

/* Keep the interval of a difference within the possible range */
Difference
ClipDifference(Difference difference, double low, double high)
{
	Limits limits = {difference.low, difference.high};

	limits = ClipInterval(limits, low, high);
	difference.low = limits.low;
	difference.high = limits.high;
	return difference;
}

/* Return the p-value of a normal test statistic */
double
NormalPValue(double z, Alternative alternative)
{
	switch (alternative)
	{
		case ALTERNATIVE_GREATER:
			return NormalTail(z);
		case ALTERNATIVE_LESS:
			return NormalCdf(z);
		case ALTERNATIVE_TWO_SIDED:
			break;
	}
	return fmin(1.0, 2.0 * NormalTail(fabs(z)));
}

/* Return the normal interval that excludes the same targets as NormalPValue */
Limits
NormalInterval(double centre, double error, double confidence, Alternative alternative)
{
	double alpha = 1.0 - confidence;
	Limits interval = {-INFINITY, INFINITY};

	if (alternative == ALTERNATIVE_TWO_SIDED)
		alpha /= 2.0;
	if (alternative != ALTERNATIVE_LESS)
		interval.low = centre - NormalTailQuantile(alpha) * error;
	if (alternative != ALTERNATIVE_GREATER)
		interval.high = centre + NormalTailQuantile(alpha) * error;
	return interval;
}
