/*
 * survival.c
 *		Quantiles of times, some of which are known only to be longer: Kaplan and Meier's estimate.
 */
#include "statistics.h"

#include <float.h>

/*
 * Find the share that is not over after each step, by Kaplan and Meier (1958).
 *
 * The limits are Greenwood's (1926) on the scale of log(-log S), where they stay within 0 and 1.
 * Before the first finish and after the last one of all there is no variance to judge by.  What
 * finished at a time was there before what was last seen at that time left.
 */
void
KaplanMeier(SurvivalTimes *times, double confidence)
{
	double z = NormalTailQuantile((1.0 - confidence) / 2.0);
	double at_risk = times->finished + times->unfinished;
	double survival = 1.0, sum = 0.0;

	for (int i = 0; i < times->count; i++)
	{
		SurvivalStep *step = &times->steps[i];
		double left = at_risk - step->finished;

		step->at_risk = at_risk;
		survival *= left / at_risk;
		sum += step->finished / (at_risk * left);
		step->survival = survival;
		step->limits = UndefinedInterval();
		if (survival > 0.0 && survival < 1.0)
		{
			double reach = exp(z * sqrt(sum) / -log(survival));

			step->limits.low = pow(survival, reach);
			step->limits.high = pow(survival, 1.0 / reach);
		}
		at_risk = left - step->unfinished;
	}
}

/* Return the share that is not over after a time; not defined when nobody was seen that long */
double
SurvivalAt(const SurvivalTimes *times, double time)
{
	double survival = 1.0;

	if (times->count == 0)
		return NOT_DEFINED;
	for (int i = 0; i < times->count && times->steps[i].time <= time; i++)
		survival = times->steps[i].survival;
	if (time > times->steps[times->count - 1].time && survival > 0.0)
		return NOT_DEFINED;
	return survival;
}

/* what is inverted: the estimate, or one of its limits */
typedef double (*SurvivalLevel)(const SurvivalStep *step);

/* Return the estimate at a step */
static double
EstimateLevel(const SurvivalStep *step)
{
	return step->survival;
}

/* Return the lower limit at a step */
static double
LowLevel(const SurvivalStep *step)
{
	return step->limits.low;
}

/* Return the upper limit at a step */
static double
HighLevel(const SurvivalStep *step)
{
	return step->limits.high;
}

/*
 * Return the first time by which a curve has come down to a level; not defined when it never does.
 *
 * Where it stays exactly there, it is the middle of that time and the next one at which the curve
 * falls, or the last one seen.  A product of as many factors is off by as many roundings at most.
 */
static double
FallsTo(const SurvivalTimes *times, double target, SurvivalLevel level)
{
	double tolerance = (2.0 * times->count * target + 1.0) * DBL_EPSILON;
	int i = 0, next;
	double reached;

	while (i < times->count && !(level(&times->steps[i]) <= target + tolerance))
		i++;
	if (i >= times->count)
		return NOT_DEFINED;
	reached = level(&times->steps[i]);
	if (fabs(reached - target) > tolerance || target <= 0.0)
		return times->steps[i].time;
	for (next = i + 1; next < times->count - 1; next++)
	{
		if (times->steps[next].finished > 0.0)
			break;
	}
	if (next >= times->count)
		return times->steps[i].time;
	return (times->steps[i].time + times->steps[next].time) / 2.0;
}

/* Return the time at a place of all finished times in order, counted from zero */
static double
TimeAtRank(const SurvivalTimes *times, double rank)
{
	double below = 0.0;

	if (rank <= 0.0)
		return times->minimum;
	if (rank >= times->finished - 1.0)
		return times->maximum;
	for (int i = 0; i < times->count; i++)
	{
		below += times->steps[i].finished;
		if (rank < below)
			return times->steps[i].time;
	}
	return times->maximum;
}

/*
 * Return a quantile of times.
 *
 * When all finished, it lies on the line between the two times next to the place q (n - 1).  Else
 * it is the time by which Kaplan and Meier's estimate has come down to 1 - q.
 */
double
TimeQuantile(const SurvivalTimes *times, double q)
{
	double place = q * (times->finished - 1.0);
	double low, high;

	if (times->count == 0)
		return NOT_DEFINED;
	if (times->unfinished > 0.0)
		return (q > 0.0) ? FallsTo(times, 1.0 - q, EstimateLevel) : 0.0;
	low = TimeAtRank(times, floor(place));
	high = TimeAtRank(times, ceil(place));
	return low + (place - floor(place)) * (high - low);
}

/*
 * Return an interval of the median.
 *
 * When all finished, its ends are the finished times at the r-th place from either end, whatever
 * the distribution; r is the highest for which a fair coin shows fewer than r heads in n throws
 * with a probability of at most half of what the confidence leaves.  Else they are the times by
 * which the limits of Kaplan and Meier's estimate have come down to one half.
 */
Limits
TimeMedianInterval(const SurvivalTimes *times, double confidence)
{
	Limits interval = UndefinedInterval();
	double n = times->finished;
	double tail = (1.0 - confidence) / 2.0;
	double enough = 0.0, too_high = floor(n / 2.0) + 1.0;

	if (times->unfinished > 0.0)
	{
		interval.low = FallsTo(times, 0.5, LowLevel);
		interval.high = FallsTo(times, 0.5, HighLevel);
		return interval;
	}
	while (too_high - enough > 1.0)
	{
		double r = floor((enough + too_high) / 2.0);

		/* P(X <= r - 1) of n throws */
		if (BetaCdf(0.5, n - r + 1.0, r) <= tail)
			enough = r;
		else
			too_high = r;
	}
	if (enough < 1.0)
		return interval;
	interval.low = TimeAtRank(times, enough - 1.0);
	interval.high = TimeAtRank(times, n - enough);
	return interval;
}
