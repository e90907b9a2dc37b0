/*
 * ordinal.c
 *		What a histogram on an ordered scale says: middle, agreement, consensus.
 *
 * "weight" holds the weight of each point, lowest first; "low" is the value
 * of the first one, and points lie one apart.
 */
#include "statistics.h"

/* Return the sum of the weights */
static double
TotalWeight(const double *weight, int points)
{
	double total = 0.0;

	for (int i = 0; i < points; i++)
		total += weight[i];
	return total;
}

/* Return the median: halfway between two points when they part the answers evenly */
double
HistogramMedian(const double *weight, int points, double low)
{
	double half = TotalWeight(weight, points) / 2.0;
	double below = 0.0;
	int left = -1;

	if (!(half > 0.0))
		return NOT_DEFINED;
	for (int i = 0; i < points; i++)
	{
		if (!(weight[i] > 0.0))
			continue;
		if (left >= 0)
			return low + (left + i) / 2.0;
		below += weight[i];
		if (below > half)
			return low + i;
		if (below == half)
			left = i;
	}
	return low + points - 1;
}

/* Return the median with the answers at it spread evenly over its point */
double
InterpolatedMedian(const double *weight, int points, double low)
{
	double median = HistogramMedian(weight, points, low);
	double below = 0.0, above = 0.0, at = 0.0;

	if (isnan(median))
		return NOT_DEFINED;
	for (int i = 0; i < points; i++)
	{
		if (low + i < median)
			below += weight[i];
		else if (low + i > median)
			above += weight[i];
		else
			at = weight[i];
	}
	return (at > 0.0) ? median + (above - below) / (2.0 * at) : median;
}

/*
 * Return van der Eijk's agreement of one layer, a set of points used equally.
 *
 * Triples of points i < j < k count for unimodality as 110 or 011, against it
 * as 101; they are counted by what lies left and right of each unused point.
 */
static double
LayerAgreement(const double *weight, int points)
{
	double used = 0.0, left = 0.0, unimodal = 0.0, bimodal = 0.0, unimodality = 1.0;

	for (int i = 0; i < points; i++)
		used += (weight[i] > 0.0);
	for (int i = 0; i < points; i++)
	{
		if (weight[i] > 0.0)
			left += 1.0;
		else
		{
			double right = used - left;

			bimodal += left * right;
			unimodal += left * (left - 1.0) / 2.0 + right * (right - 1.0) / 2.0;
		}
	}
	if (points > 2 && unimodal + bimodal > 0.0)
		unimodality = ((points - 2.0) * unimodal - (points - 1.0) * bimodal) /
			((points - 2.0) * (unimodal + bimodal));
	return unimodality * (1.0 - (used - 1.0) / (points - 1.0));
}

/* Return van der Eijk's agreement A (2001): 1 all at one point, 0 even, -1 at both ends */
double
AgreementIndex(const double *weight, int points)
{
	double total = TotalWeight(weight, points);
	double floor_weight = 0.0;
	double agreement = 0.0;
	double layer[MAX_HISTOGRAM_POINTS];

	if (!(total > 0.0) || points > MAX_HISTOGRAM_POINTS)
		return NOT_DEFINED;

	/* peel off layers of equal weight, from the thinnest point up */
	for (;;)
	{
		double next = INFINITY;
		int used = 0;

		for (int i = 0; i < points; i++)
		{
			layer[i] = (weight[i] > floor_weight) ? 1.0 : 0.0;
			if (weight[i] > floor_weight)
			{
				used++;
				next = fmin(next, weight[i]);
			}
		}
		if (used == 0)
			break;
		agreement += LayerAgreement(layer, points) * (next - floor_weight) * used / total;
		floor_weight = next;
	}
	return agreement;
}

/* Return Tastle and Wierman's consensus (2007): 1 all at one point, 0 half at each end */
double
Consensus(const double *weight, int points)
{
	double total = TotalWeight(weight, points);
	double mean = 0.0;
	double consensus = 1.0;

	if (!(total > 0.0))
		return NOT_DEFINED;
	for (int i = 0; i < points; i++)
		mean += i * weight[i] / total;
	for (int i = 0; i < points; i++)
	{
		double closeness = 1.0 - fabs(i - mean) / (points - 1.0);

		/* a weight too thin to move the mean off the other end counts for nothing */
		if (weight[i] > 0.0 && closeness > 0.0)
			consensus += weight[i] / total * log2(closeness);
	}
	return fmax(0.0, consensus);
}
