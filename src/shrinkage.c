/*
 * shrinkage.c
 *		Empirical Bayes estimates of many groups, each drawn towards the mean of all.
 *
 * Morris, Journal of the American Statistical Association 78 (1983) 47.  The
 * estimate of group i is normal around its true value with variance V_i, the
 * true values are normal around their mean with variance tau^2.
 */
#include "statistics.h"

/* below so many groups their variance is not known well enough to shrink by */
#define MIN_GROUPS 4

/* a step that changes tau^2 by less, relative to it, is the last one */
#define SMALL_STEP 1e-12

/*
 * Weigh the groups by the variance between them so far, and improve that; false when it is there.
 *
 * Begin with zeros.  This is the estimating equation of Paule and Mandel (1982)
 * and of Morris, sum (x_i - m)^2 / (V_i + tau^2) = groups - 1, by Newton's
 * method, as DerSimonian and Kacker (2007) do: the left side is convex and falls
 * with tau^2, so that steps from zero never go too far.
 */
bool
ImproveMixture(GroupMixture *mixture, const GroupEstimate *groups, int count)
{
	double origin = groups[0].estimate;
	double distance = 0.0;
	double slope = 0.0;
	double step;

	mixture->groups = count;
	mixture->mean = mixture->precision = mixture->variance = 0.0;
	for (int i = 0; i < count; i++)
	{
		double weight = 1.0 / (groups[i].variance + mixture->between);

		mixture->precision += weight;
		mixture->variance += weight * groups[i].variance;
		mixture->mean += weight * (groups[i].estimate - origin);
	}
	mixture->variance /= mixture->precision;
	mixture->mean = origin + mixture->mean / mixture->precision;

	for (int i = 0; i < count; i++)
	{
		double deviation =
			(groups[i].estimate - mixture->mean) / (groups[i].variance + mixture->between);

		distance += deviation * (groups[i].estimate - mixture->mean);
		slope += deviation * deviation;
	}
	step = (distance - (count - 1)) / slope;
	if (!(step > SMALL_STEP * mixture->between))
		return false;
	mixture->between += step;
	return true;
}

/*
 * Return the estimate of a group and its interval.
 *
 * Both are Morris's: the factor (k - 3) / (k - 1) makes up for tau^2 being
 * estimated, the terms of the variance for the mean and for tau^2.
 */
ShrunkenEstimate
Shrink(const GroupMixture *mixture, GroupEstimate group, double confidence)
{
	double k = mixture->groups;
	double expected = group.variance + mixture->between;
	double distance = group.estimate - mixture->mean;
	double variance = group.variance;
	ShrunkenEstimate result = {group.estimate, {NOT_DEFINED, NOT_DEFINED}, 0.0};

	if (mixture->groups >= MIN_GROUPS)
	{
		double b = (k - 3.0) / (k - 1.0) * (group.variance / expected);
		double leverage = 1.0 / (expected * mixture->precision);

		result.shrinkage = b;
		result.estimate = group.estimate - b * distance;
		variance = group.variance * (1.0 - (1.0 - leverage) * b) +
			2.0 / (k - 3.0) * b * b * ((mixture->variance + mixture->between) / expected) *
				distance * distance;
	}
	result.interval =
		NormalInterval(result.estimate, sqrt(variance), confidence, ALTERNATIVE_TWO_SIDED);
	return result;
}
