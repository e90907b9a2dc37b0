/*
 * reliability.c
 *		How well several items measure the same: Cronbach's alpha and what goes with it.
 */
#include "statistics.h"

/*
 * A sum of co-moments that cancel is rounding and no variance below this part
 * of what was added.
 */
#define CANCELLED 1e-12

/* what the items without one of them, or all, add up to, relative to the largest variance */
typedef struct Total
{
	double scale;    /* the largest sum of squares */
	double parts;    /* sum of the variances of the items */
	double variance; /* of the sum of the items; 0 when there is none */
} Total;

/* Add up all items but one; scaled, as the sum may be larger than a number can be */
static Total
TotalOf(const Comoments *comoments, int without)
{
	Total total = {0.0, 0.0, 0.0};
	double pairs = 0.0;

	for (int i = 0; i < comoments->items; i++)
	{
		if (i != without)
			total.scale = fmax(total.scale, Comoment(comoments, i, i));
	}
	if (!(total.scale > 0.0))
		return total;
	for (int i = 0; i < comoments->items; i++)
	{
		if (i == without)
			continue;
		total.parts += Comoment(comoments, i, i) / total.scale;
		for (int j = 0; j < i; j++)
		{
			if (j != without)
				pairs += Comoment(comoments, i, j) / total.scale;
		}
	}
	total.variance = total.parts + 2.0 * pairs;
	if (!(total.variance > CANCELLED * total.parts))
		total.variance = 0.0;
	return total;
}

/* Return the standard deviation of an item, dividing by n - 1 */
double
ItemDeviation(const Comoments *comoments, int item)
{
	if (comoments->n < 2.0)
		return NOT_DEFINED;
	return sqrt(Comoment(comoments, item, item) / (comoments->n - 1.0));
}

/* Keep what rounding has pushed out of the range of correlations; NaN stays NaN */
static double
ClipCorrelation(double correlation)
{
	if (correlation > 1.0)
		return 1.0;
	if (correlation < -1.0)
		return -1.0;
	return correlation;
}

/* Return Pearson's correlation of two items; not defined where one never varies */
double
Correlation(const Comoments *comoments, int i, int j)
{
	double square_i = Comoment(comoments, i, i);
	double square_j = Comoment(comoments, j, j);

	if (!(square_i > 0.0) || !(square_j > 0.0))
		return NOT_DEFINED;
	if (i == j)
		return 1.0;
	return ClipCorrelation(Comoment(comoments, i, j) / (sqrt(square_i) * sqrt(square_j)));
}

/* Return the correlation of an item with the sum of the others */
double
RestCorrelation(const Comoments *comoments, int item)
{
	double square = Comoment(comoments, item, item);
	Total rest = TotalOf(comoments, item);
	double unit = sqrt(square) * sqrt(rest.scale);
	double product = 0.0;

	if (!(square > 0.0) || !(rest.variance > 0.0))
		return NOT_DEFINED;
	for (int j = 0; j < comoments->items; j++)
	{
		if (j != item)
			product += Comoment(comoments, item, j) / unit;
	}
	return ClipCorrelation(product / sqrt(rest.variance));
}

/* Return Cronbach's alpha (1951) of all items but one; below zero where they contradict */
double
CronbachAlpha(const Comoments *comoments, int without)
{
	double items = comoments->items - ((without == NO_ITEM) ? 0 : 1);
	Total total = TotalOf(comoments, without);

	if (items < 2.0 || !(total.variance > 0.0))
		return NOT_DEFINED;
	return items / (items - 1.0) * (1.0 - total.parts / total.variance);
}

/*
 * Return Feldt's interval (1965) of alpha.
 *
 * (1 - alpha) / (1 - estimate) has the F distribution with n - 1 and
 * (n - 1)(items - 1) degrees of freedom.  F is the ratio of a beta variate to
 * its complement, whose quantiles are taken apart so that both are exact.
 * Where the items leave no error at all there is nothing to judge by.
 */
Limits
FeldtInterval(double alpha, const Comoments *comoments, double confidence)
{
	double tail = (1.0 - confidence) / 2.0;
	double a = (comoments->n - 1.0) / 2.0;
	double b = a * (comoments->items - 1.0);
	Limits interval = UndefinedInterval();

	if (!(alpha < 1.0 - CANCELLED))
		return interval;
	interval.low =
		1.0 - (1.0 - alpha) * (b / a) * BetaTailQuantile(tail, a, b) / BetaQuantile(tail, b, a);
	interval.high =
		1.0 - (1.0 - alpha) * (b / a) * BetaQuantile(tail, a, b) / BetaTailQuantile(tail, b, a);
	return interval;
}
