/*
 * ratio_of_sums.c
 *		The ratio of two sums over the same units, by the delta method.
 *
 * Co-moments are updated and merged as Youngs and Cramer (1971) do.
 */
#include <float.h>

#include "statistics.h"

/* what rounding leaves of residuals that are zero, relative to what they are the difference of */
#define RESIDUAL_NOISE (64.0 * DBL_EPSILON)

/* Add a unit to moments of so many units */
void
AddToPairMoments(PairMoments *m, double n, double x, double y)
{
	double after = n + 1.0;
	double dx, dy;

	m->sum_x += x;
	m->sum_y += y;
	if (n > 0.0)
	{
		dx = x * after - m->sum_x;
		dy = y * after - m->sum_y;
		m->xx += dx * dx / (n * after);
		m->yy += dy * dy / (n * after);
		m->xy += dx * dy / (n * after);
	}
}

/* Add moments to others, each of so many units, not none */
void
MergePairMoments(PairMoments *into, double into_n, const PairMoments *from, double from_n)
{
	double dx = into->sum_x / into_n - from->sum_x / from_n;
	double dy = into->sum_y / into_n - from->sum_y / from_n;
	double factor = into_n * (from_n / (into_n + from_n));

	into->xx += from->xx + factor * dx * dx;
	into->yy += from->yy + factor * dy * dy;
	into->xy += from->xy + factor * dx * dy;
	into->sum_x += from->sum_x;
	into->sum_y += from->sum_y;
}

/*
 * Return the ratio with its linearised standard error.
 *
 * The residuals x - R y sum to zero, so that their squares are a sum of
 * central moments; it is a difference of large numbers when x nearly is R y.
 */
Mean
RatioOfSums(const PairMoments *m, double n)
{
	Mean ratio = {NOT_DEFINED, NOT_DEFINED, n - 1.0};
	double size, residuals;

	if (!(n > 0.0) || m->sum_y == 0.0 || !isfinite(m->sum_x / m->sum_y))
		return ratio;
	ratio.mean = m->sum_x / m->sum_y + 0.0; /* no negative zero */
	size = m->xx + ratio.mean * ratio.mean * m->yy;
	residuals = size - 2.0 * ratio.mean * m->xy;
	if (!(residuals > RESIDUAL_NOISE * size))
		residuals = 0.0;
	if (n > 1.0)
		ratio.error = sqrt(n / (n - 1.0) * residuals) / fabs(m->sum_y);
	return ratio;
}

/* Return a positive estimate and its error on the scale of logarithms */
Mean
LogOfMean(Mean m)
{
	Mean log_mean = {NOT_DEFINED, NOT_DEFINED, m.df};

	if (m.mean > 0.0)
	{
		log_mean.mean = log(m.mean);
		log_mean.error = m.error / m.mean;
	}
	return log_mean;
}
