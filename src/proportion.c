/*
 * proportion.c
 *		Shares of successes: intervals, differences, tests against a target.
 */
#include "statistics.h"

/* successes, and failures, that the error of a share is taken with: Agresti and Coull at 95 % */
#define ADDED_TRIALS 2.0

/* a binomial tail at a trial share, less the tail wanted */
typedef struct MidPProblem
{
	Proportion p;
	double alpha;
	bool upper; /* looking for the upper end of the interval */
} MidPProblem;

/* two shares whose difference is held at delta >= 0; share_b has room from 0 to 1 - delta */
typedef struct RestrictedProblem
{
	Proportion a;
	Proportion b;
	double delta;
	double room;
} RestrictedProblem;

/* where a score statistic of two shares crosses z */
typedef struct ScoreProblem
{
	Proportion a;
	Proportion b;
	double difference;
	double z;
	double sign; /* 1 for the lower end, -1 for the upper one */
} ScoreProblem;

/* Return P(X >= x), continued to fractional x */
static double
BinomialUpperTail(double x, double n, double share)
{
	if (x <= 0.0)
		return 1.0;
	if (n - x + 1.0 <= 0.0)
		return 0.0;
	return BetaCdf(share, x, n - x + 1.0);
}

/* Return P(X <= x), continued to fractional x */
static double
BinomialLowerTail(double x, double n, double share)
{
	if (n - x <= 0.0)
		return 1.0;
	if (x + 1.0 <= 0.0)
		return 0.0;
	return BetaTail(share, x + 1.0, n - x);
}

/* Return P(X > x) + P(X = x) / 2 */
static double
MidPUpperTail(Proportion p, double share)
{
	return 0.5 *
		(BinomialUpperTail(p.successes, p.trials, share) +
		 BinomialUpperTail(p.successes + 1.0, p.trials, share));
}

/* Return P(X < x) + P(X = x) / 2 */
static double
MidPLowerTail(Proportion p, double share)
{
	return 0.5 *
		(BinomialLowerTail(p.successes, p.trials, share) +
		 BinomialLowerTail(p.successes - 1.0, p.trials, share));
}

/* Return the share whose lower tail is alpha; ends at 0 and 1 */
static double
ExactLow(double x, double n, double alpha)
{
	if (x <= 0.0)
		return 0.0;
	if (n - x + 1.0 <= 0.0)
		return 1.0;
	return BetaQuantile(alpha, x, n - x + 1.0);
}

/* Return the share whose upper tail is alpha; ends at 0 and 1 */
static double
ExactHigh(double x, double n, double alpha)
{
	if (n - x <= 0.0)
		return 1.0;
	if (x + 1.0 <= 0.0)
		return 0.0;
	return BetaTailQuantile(alpha, x + 1.0, n - x);
}

/* Return how far the mid-p tail at a share stays below the tail wanted */
static double
MidPDistance(double share, const void *context)
{
	const MidPProblem *problem = context;

	if (problem->upper)
		return problem->alpha - MidPLowerTail(problem->p, share);
	return problem->alpha - MidPUpperTail(problem->p, share);
}

/* Return the lower end of the mid-p interval; the exact ends of x and x + 1 enclose it */
static double
MidPLow(Proportion p, double alpha)
{
	MidPProblem problem = {p, alpha, false};

	return FindRoot(MidPDistance, &problem, ExactLow(p.successes, p.trials, alpha),
					ExactLow(p.successes + 1.0, p.trials, alpha));
}

/* Return the upper end of the mid-p interval; the exact ends of x - 1 and x enclose it */
static double
MidPHigh(Proportion p, double alpha)
{
	MidPProblem problem = {p, alpha, true};

	return FindRoot(MidPDistance, &problem, ExactHigh(p.successes, p.trials, alpha),
					ExactHigh(p.successes - 1.0, p.trials, alpha));
}

/*
 * Return Wilson's score interval (1927).
 *
 * Each end is the smaller root of its own quadratic, written as a quotient:
 * the textbook difference leaves rubble instead of 0 and 1 at the ends.  They
 * enclose the share, also where rounding is all that is between them.
 */
static Limits
WilsonInterval(Proportion p, double z)
{
	double share = p.successes / p.trials;
	double rest = (p.trials - p.successes) / p.trials;
	double half = z * z / (2.0 * p.trials);
	double reach = z * sqrt((share * rest + half / 2.0) / p.trials);
	Limits interval;

	interval.low = share * share / (share + half + reach);
	interval.high = 1.0 - rest * rest / (rest + half + reach);
	interval.low = fmin(interval.low, share);
	interval.high = fmax(interval.high, share);
	return interval;
}

/* Return the Wald interval of a share of so many trials, clipped */
static Limits
WaldInterval(double share, double trials, double z)
{
	double reach = z * sqrt(fmax(0.0, share * (1.0 - share)) / trials);
	Limits interval = {share - reach, share + reach};

	return ClipInterval(interval, 0.0, 1.0);
}

/* Return a proportion as a share; not defined of nobody */
double
ProportionShare(Proportion p)
{
	return (p.trials > 0.0) ? p.successes / p.trials : NOT_DEFINED;
}

/* Return the standard error of a share; two successes and two failures keep it from being zero */
double
ProportionError(Proportion p)
{
	double trials = p.trials + 2.0 * ADDED_TRIALS;
	double share = (p.successes + ADDED_TRIALS) / trials;

	return (p.trials > 0.0) ? sqrt(share * (1.0 - share) / trials) : NOT_DEFINED;
}

/* Return the interval of a share */
Limits
ProportionInterval(Proportion p, double confidence, ProportionMethod method)
{
	double alpha = (1.0 - confidence) / 2.0;
	double z = NormalTailQuantile(alpha);
	double failures = p.trials - p.successes;
	Limits interval = UndefinedInterval();

	if (!(p.trials > 0.0))
		return interval;

	switch (method)
	{
		case PROPORTION_WILSON:
			interval = WilsonInterval(p, z);
			break;
		case PROPORTION_AGRESTI_COULL:
			interval =
				WaldInterval((p.successes + z * z / 2.0) / (p.trials + z * z), p.trials + z * z, z);
			break;
		case PROPORTION_CLOPPER_PEARSON:
			interval.low = ExactLow(p.successes, p.trials, alpha);
			interval.high = ExactHigh(p.successes, p.trials, alpha);
			break;
		case PROPORTION_JEFFREYS:
			/* Brown, Cai and DasGupta (2001): ends at 0 and 1 keep the coverage there */
			interval.low =
				(p.successes > 0.0) ? BetaQuantile(alpha, p.successes + 0.5, failures + 0.5) : 0.0;
			interval.high =
				(failures > 0.0) ? BetaTailQuantile(alpha, p.successes + 0.5, failures + 0.5) : 1.0;
			break;
		case PROPORTION_MID_P:
			interval.low = MidPLow(p, alpha);
			/* next to no confidence all that is between them may be rounding */
			interval.high = fmax(MidPHigh(p, alpha), interval.low);
			break;
		case PROPORTION_WALD:
			interval = WaldInterval(p.successes / p.trials, p.trials, z);
			break;
	}
	return interval;
}

/* Return Goodman's interval (1965): all categories of a question hold at once */
Limits
SimultaneousInterval(Proportion p, int categories, double confidence)
{
	if (!(p.trials > 0.0))
		return UndefinedInterval();
	return WilsonInterval(p, NormalTailQuantile((1.0 - confidence) / (2.0 * categories)));
}

/*
 * Return the slope of the likelihood of share_b when share_a is share_b + delta.
 *
 * It falls in share_b.  Where it is infinite, at an end with successes of b or
 * failures of a, it is multiplied by the distance from that end.
 */
static double
RestrictedSlope(double share_b, const void *context)
{
	const RestrictedProblem *problem = context;
	double failures_a = problem->a.trials - problem->a.successes;
	double failures_b = problem->b.trials - problem->b.successes;
	double from_low = (problem->b.successes > 0.0) ? share_b : 1.0;
	double from_high = (failures_a > 0.0) ? problem->room - share_b : 1.0;

	return (problem->a.successes / (share_b + problem->delta) - failures_b / (1.0 - share_b)) *
		from_low * from_high +
		problem->b.successes * from_high - failures_a * from_low;
}

/*
 * Return the variance of the difference of two shares if it were delta.
 *
 * Miettinen and Nurminen, Statistics in Medicine 4 (1985) 213, with their
 * N / (N - 1).  The restricted maximum likelihood shares are found by search:
 * the closed form of the cubic is too coarse for shares of one in a billion.
 */
static double
ScoreVariance(Proportion a, Proportion b, double delta)
{
	RestrictedProblem problem = {a, b, delta, 1.0 - delta};
	double total = a.trials + b.trials;
	double share_b;

	if (delta < 0.0)
		return ScoreVariance(b, a, -delta);
	if (problem.room == 1.0) /* no delta, or one that is lost beside one */
		share_b = (a.successes + b.successes) / total;
	else if (RestrictedSlope(problem.room, &problem) >= 0.0)
		share_b = problem.room;
	else
		share_b = FindRoot(RestrictedSlope, &problem, 0.0, problem.room);

	return ((share_b + delta) * (problem.room - share_b) / a.trials +
			share_b * (1.0 - share_b) / b.trials) *
		total / (total - 1.0);
}

/* Return the distance of the difference from delta less z standard errors */
static double
ScoreDistance(double delta, const void *context)
{
	const ScoreProblem *problem = context;

	return problem->sign * (problem->difference - delta) -
		problem->z * sqrt(ScoreVariance(problem->a, problem->b, delta));
}

/* Return the failures of a share as its successes */
static Proportion
Mirrored(Proportion p)
{
	p.successes = p.trials - p.successes;
	return p;
}

/* Compare by the N-1 test (Campbell 2007) and the interval that inverts it */
static Difference
CompareByScore(Proportion a, Proportion b, double confidence)
{
	ScoreProblem problem = {a, b, a.successes / a.trials - b.successes / b.trials,
							NormalTailQuantile((1.0 - confidence) / 2.0), 1.0};
	double total = a.trials + b.trials;
	double pooled = (a.successes + b.successes) / total;
	double error = sqrt(fmax(0.0, pooled * (1.0 - pooled)) * (1.0 / a.trials + 1.0 / b.trials) *
						total / (total - 1.0));
	Difference result = UndefinedDifference();

	result.difference = problem.difference;
	if (!(total > 1.0))
		return result;

	/* shares near one are less exact than shares near zero: count the failures then */
	if (pooled > 0.5)
	{
		result = CompareByScore(Mirrored(b), Mirrored(a), confidence);
		result.difference = problem.difference;
		return result;
	}
	result.low = FindRoot(ScoreDistance, &problem, -1.0, problem.difference);
	problem.sign = -1.0;
	result.high = FindRoot(ScoreDistance, &problem, 1.0, problem.difference);
	/* all successes or all failures in both: nothing tells them apart */
	result.p_value =
		(error > 0.0) ? NormalPValue(problem.difference / error, ALTERNATIVE_TWO_SIDED) : 1.0;
	return result;
}

/* Return Newcombe's hybrid score interval (1998, method 10) at a given z */
static Limits
NewcombeInterval(Proportion a, Proportion b, double z)
{
	double share_a = a.successes / a.trials;
	double share_b = b.successes / b.trials;
	Limits wilson_a = WilsonInterval(a, z);
	Limits wilson_b = WilsonInterval(b, z);
	Limits interval;

	interval.low = share_a - share_b - hypot(share_a - wilson_a.low, wilson_b.high - share_b);
	interval.high = share_a - share_b + hypot(wilson_a.high - share_a, share_b - wilson_b.low);
	return interval;
}

/* Return how far Newcombe's interval at z stays away from no difference */
static double
NewcombeDistance(double z, const void *context)
{
	const ScoreProblem *problem = context;
	Limits interval = NewcombeInterval(problem->a, problem->b, z);

	return (problem->difference > 0.0) ? interval.low : -interval.high;
}

/* Compare by Newcombe's interval; the p-value is 1 - the confidence that just reaches 0 */
static Difference
CompareByNewcombe(Proportion a, Proportion b, double confidence)
{
	/* beyond this z a p-value is 0 in double precision */
	const double far_z = 40.0;
	ScoreProblem problem = {a, b, a.successes / a.trials - b.successes / b.trials, 0.0, 1.0};
	Limits interval = NewcombeInterval(a, b, NormalTailQuantile((1.0 - confidence) / 2.0));
	Difference result;

	interval = ClipInterval(interval, -1.0, 1.0);
	result.difference = problem.difference;
	result.low = interval.low;
	result.high = interval.high;
	if (problem.difference == 0.0)
		result.p_value = 1.0;
	else
		result.p_value =
			NormalPValue(FindRoot(NewcombeDistance, &problem, 0.0, far_z), ALTERNATIVE_TWO_SIDED);
	return result;
}

/* Compare two independent shares */
Difference
CompareProportions(Proportion a, Proportion b, double confidence, ProportionCompareMethod method)
{
	if (!(a.trials > 0.0) || !(b.trials > 0.0))
		return UndefinedDifference();
	if (method == COMPARE_NEWCOMBE)
		return CompareByNewcombe(a, b, confidence);
	return CompareByScore(a, b, confidence);
}

/* Test a share against a fixed target: twice the smaller tail, and the interval of that */
Difference
TestProportion(Proportion p, double target, double confidence, Alternative alternative,
			   ProportionTestMethod method)
{
	bool exact = (method == TEST_EXACT);
	double alpha = 1.0 - confidence;
	Limits interval = {0.0, 1.0};
	Difference result = UndefinedDifference();
	double upper, lower;

	if (!(p.trials > 0.0))
		return result;
	if (alternative == ALTERNATIVE_TWO_SIDED)
		alpha /= 2.0;
	if (alternative != ALTERNATIVE_LESS)
		interval.low = exact ? ExactLow(p.successes, p.trials, alpha) : MidPLow(p, alpha);
	if (alternative != ALTERNATIVE_GREATER)
		interval.high = exact ? ExactHigh(p.successes, p.trials, alpha) : MidPHigh(p, alpha);
	/* next to no confidence all that is between them may be rounding */
	interval.high = fmax(interval.high, interval.low);

	upper = exact ? BinomialUpperTail(p.successes, p.trials, target) : MidPUpperTail(p, target);
	lower = exact ? BinomialLowerTail(p.successes, p.trials, target) : MidPLowerTail(p, target);

	result.difference = p.successes / p.trials - target;
	result.low = interval.low - target;
	result.high = interval.high - target;
	switch (alternative)
	{
		case ALTERNATIVE_GREATER:
			result.p_value = upper;
			break;
		case ALTERNATIVE_LESS:
			result.p_value = lower;
			break;
		case ALTERNATIVE_TWO_SIDED:
			result.p_value = fmin(1.0, 2.0 * fmin(upper, lower));
			break;
	}
	return result;
}
