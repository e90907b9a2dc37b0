/*
 * poisson.c
 *		Counts of events, which may vary more than Poisson's law has it.
 */
#include "statistics.h"

/* Return the exact interval of an expected count (Garwood 1936) */
Limits
PoissonInterval(double events, double confidence)
{
	double alpha = (1.0 - confidence) / 2.0;
	Limits interval;

	interval.low = (events > 0.0) ? ChiSquareQuantile(alpha, 2.0 * events) / 2.0 : 0.0;
	interval.high = ChiSquareTailQuantile(alpha, 2.0 * events + 2.0) / 2.0;
	return interval;
}

/* Return Pearson's statistic of units that all expect as many events; 0 where there are none */
static double
PearsonStatistic(EventCounts counts)
{
	return (counts.events > 0.0) ? counts.deviations / (counts.events / counts.units) : 0.0;
}

/* Return the dispersion, Pearson's statistic by its degrees of freedom; never below one */
static double
Dispersion(double statistic, double df)
{
	return (df > 0.0) ? fmax(1.0, statistic / df) : 1.0;
}

/*
 * Return the interval of the events of a unit.
 *
 * Where the variance is d times the mean, d events tell as much as one of Poisson's (McCullagh and
 * Nelder 1989): the exact interval is that of events / d.
 */
Limits
EventRateInterval(EventCounts counts, double confidence)
{
	double dispersion = Dispersion(PearsonStatistic(counts), counts.units - 1.0);

	if (!(counts.units > 0.0))
		return UndefinedInterval();
	return MoveInterval(PoissonInterval(counts.events / dispersion, confidence), 0.0,
						dispersion / counts.units);
}

/*
 * Return the ratio of the events of a unit of two groups.
 *
 * Of all events, those of the first group are a share that both rates being equal make its share
 * of the units (Przyborowski and Wilenski 1940): the test of that share, and its interval as odds.
 */
Difference
CompareEventRates(EventCounts a, EventCounts b, double confidence)
{
	double dispersion =
		Dispersion(PearsonStatistic(a) + PearsonStatistic(b), a.units + b.units - 2.0);
	double target = a.units / (a.units + b.units);
	double exposure = b.units / a.units;
	Proportion of_a = {a.events / dispersion, (a.events + b.events) / dispersion};
	Difference share;

	if (!(a.units > 0.0) || !(b.units > 0.0) || !(of_a.trials > 0.0))
		return UndefinedDifference();
	share = TestProportion(of_a, target, confidence, ALTERNATIVE_TWO_SIDED, TEST_MID_P);
	share.difference = a.events / b.events * exposure;
	share.low = (share.low + target) / (1.0 - (share.low + target)) * exposure;
	share.high = (share.high + target) / (1.0 - (share.high + target)) * exposure;
	return share;
}

/* Return the odds below which those of a beta variable lie with this probability */
static double
BetaOddsQuantile(double probability, double a, double b)
{
	/* a share that is near one leaves no digits for the other */
	return BetaQuantile(probability, a, b) / BetaTailQuantile(probability, b, a);
}

/* Return the probability that the odds of a beta variable lie below these */
static double
BetaOddsCdf(double odds, double a, double b)
{
	return (odds < 1.0) ? BetaCdf(odds / (1.0 + odds), a, b) : BetaTail(1.0 / (1.0 + odds), b, a);
}

/*
 * Return the ratio of two Poisson rates.
 *
 * By the same condition as above, exactly: the interval of the share is that of Clopper and Pearson
 * (1934), and twice the smaller tail is the test that goes with it.
 */
Difference
ComparePoissonRates(double events_a, double exposure_a, double events_b, double exposure_b,
					double confidence)
{
	double alpha = (1.0 - confidence) / 2.0;
	double exposure = exposure_b / exposure_a;
	double at_least = 1.0; /* the probability of so many events of a, or more, if rates are equal */
	double at_most = 1.0;
	Difference result = {events_a / events_b * exposure, 0.0, INFINITY, 1.0};

	if (!(events_a + events_b > 0.0))
		return UndefinedDifference();
	if (events_a > 0.0)
	{
		result.low = BetaOddsQuantile(alpha, events_a, events_b + 1.0) * exposure;
		at_least = BetaOddsCdf(1.0 / exposure, events_a, events_b + 1.0);
	}
	if (events_b > 0.0)
	{
		result.high = exposure / BetaOddsQuantile(alpha, events_b, events_a + 1.0);
		at_most = BetaOddsCdf(exposure, events_b, events_a + 1.0);
	}
	result.p_value = fmin(1.0, 2.0 * fmin(at_least, at_most));
	return result;
}
