/*
 * cells.c
 *		Groups of answers side by side: their mean and the variance of one answer.
 */
#include "statistics.h"

/* Tell whether anybody answered */
static bool
HasAnswers(const Cell *cell)
{
	return !isnan(cell->estimate);
}

/* Return the mean of all answers, taken from the first group's so that equal means stay exact */
double
PooledMean(const Cell *cells, int count)
{
	double first = NOT_DEFINED;
	double weight = 0.0;
	double sum = 0.0;

	for (int i = 0; i < count; i++)
	{
		if (!HasAnswers(&cells[i]))
			continue;
		if (isnan(first))
			first = cells[i].estimate;
		weight += cells[i].weight;
		sum += cells[i].weight * (cells[i].estimate - first);
	}
	return first + sum / weight;
}

/* Return the variance of one answer around the mean of all, after adding some answers */
double
PooledVariance(const Cell *cells, int count, AddedAnswers added)
{
	double mean = PooledMean(cells, count);
	double weight = 0.0;
	double size = 0.0;
	double squares = 0.0;
	double total;

	for (int i = 0; i < count; i++)
	{
		double deviation = cells[i].estimate - mean;

		if (!HasAnswers(&cells[i]))
			continue;
		weight += cells[i].weight;
		size += cells[i].size;
		squares += cells[i].weight * (cells[i].variance + deviation * deviation);
	}
	total = size + added.size;
	return (size * squares / weight + added.size * added.variance) / total +
		size * added.size * (mean - added.mean) * (mean - added.mean) / (total * total);
}

/* Return the variance of one answer around the mean of its own group */
double
WithinVariance(const Cell *cells, int count)
{
	double df = 0.0;
	double squares = 0.0;

	for (int i = 0; i < count; i++)
	{
		if (!HasAnswers(&cells[i]))
			continue;
		df += cells[i].size - 1.0;
		squares += cells[i].size * cells[i].variance;
	}
	return (df > 0.0) ? squares / df : NOT_DEFINED;
}
