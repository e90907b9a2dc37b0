/*
 * poisson.c
 *		Counts of events.
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
