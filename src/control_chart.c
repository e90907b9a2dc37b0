/*
 * control_chart.c
 *		Shewhart's control charts: p, u, X-bar, XmR and that of a net score.
 */
#include "statistics.h"

/* mean range of two normal values in standard deviations, d2, as control chart tables print it */
#define MEAN_RANGE_OF_TWO 1.128

/* Return the variance of one answer in the baseline */
static double
BaselineVariance(const Cell *baseline, int count, double center, ControlSpread spread)
{
	static const AddedAnswers nothing = {0.0, 0.0, 0.0};

	switch (spread)
	{
		case CONTROL_POOLED:
			return PooledVariance(baseline, count, nothing);
		case CONTROL_WITHIN:
			return WithinVariance(baseline, count);
		case CONTROL_POISSON:
			return center;
		case CONTROL_INDIVIDUAL:
			break;
	}
	return 1.0;
}

/* Return the standard error of a point, as the variance of one answer lets expect */
static double
PointError(const ControlChart *chart, const Cell *cell)
{
	return sqrt(chart->variance / cell->size);
}

/*
 * Return by how much neighbouring points differ, relative to their errors.
 *
 * Laney, Quality Engineering 14 (2002) 531: the mean moving range of the
 * points in standard errors.  A pair counts when both are in the baseline.
 */
static double
BaselineDispersion(const Cell *cells, const Cell *baseline, int count, const ControlChart *chart)
{
	double before = NOT_DEFINED;
	double ranges = 0.0;
	double pairs = 0.0;

	if (chart->variance == 0.0)
		return 1.0; /* the limits are the centre, whatever they are multiplied by */
	for (int i = 0; i < count; i++)
	{
		double z;

		if (isnan(cells[i].estimate))
			continue;
		/* NaN outside of the baseline */
		z = (baseline[i].estimate - chart->center) / PointError(chart, &cells[i]);
		if (!isnan(z) && !isnan(before))
		{
			ranges += fabs(z - before);
			pairs += 1.0;
		}
		before = z;
	}
	return ranges / pairs / MEAN_RANGE_OF_TWO;
}

/* Count for each point how many up to it lie on its side of the centre; one on it ends a run */
static void
CountRuns(const Cell *cells, int *runs, int count, double center)
{
	int run = 0;

	for (int i = 0; i < count; i++)
	{
		double estimate = cells[i].estimate;

		runs[i] = 0;
		if (isnan(estimate))
			continue;
		if (estimate > center)
			run = (run > 0) ? run + 1 : 1;
		else if (estimate < center)
			run = (run < 0) ? run - 1 : -1;
		else
			run = 0;
		runs[i] = run;
	}
}

/*
 * Make the chart of points in the order of time; all is NaN without a baseline.
 *
 * The baseline holds the same points, those that are not part of it NaN.
 */
ControlChart
MakeControlChart(const Cell *cells, const Cell *baseline, int *runs, int count,
				 ControlSpread spread)
{
	ControlChart chart;

	chart.center = PooledMean(baseline, count);
	chart.variance = BaselineVariance(baseline, count, chart.center, spread);
	chart.dispersion = BaselineDispersion(cells, baseline, count, &chart);
	CountRuns(cells, runs, count, chart.center);
	return chart;
}

/* Return the limits of a point, so many standard errors away from the centre */
Limits
ControlLimits(const ControlChart *chart, const Cell *cell, double sigmas, bool adjusted)
{
	double reach = sigmas * PointError(chart, cell) * (adjusted ? chart->dispersion : 1.0);
	Limits limits = {chart->center - reach, chart->center + reach};

	return limits;
}
