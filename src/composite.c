/*
 * composite.c
 *		An index of components that are measured on scales of their own.
 */
#include "statistics.h"

/* Return half the length of a scale, which itself may overflow; negative where less is better */
static double
HalfScale(const Component *component)
{
	return component->best / 2.0 - component->worst / 2.0;
}

/* Return the estimate on a scale from 0, the worst, to FULL_SCORE, the best */
double
RescaledEstimate(const Component *component)
{
	return FULL_SCORE *
		((component->estimate / 2.0 - component->worst / 2.0) / HalfScale(component));
}

/* Add a component to the sums */
void
AddComponent(Composite *composite, const Component *component)
{
	double error = FULL_SCORE * (component->error / 2.0 / HalfScale(component));

	if (isnan(component->estimate))
	{
		composite->missing += 1.0;
		return;
	}
	composite->present += 1.0;
	composite->weight += component->weight;
	composite->score += component->weight * RescaledEstimate(component);
	composite->variance += component->weight * error * (component->weight * error);
}

/* Add the sums of other components */
void
MergeComposite(Composite *into, const Composite *from)
{
	into->present += from->present;
	into->missing += from->missing;
	into->weight += from->weight;
	into->score += from->score;
	into->variance += from->variance;
}

/* Return the index, from 0 to FULL_SCORE */
double
CompositeScore(const Composite *composite)
{
	if (!(composite->weight > 0.0))
		return NOT_DEFINED;
	/* rounding may leave the scale */
	return fmin(fmax(composite->score / composite->weight, 0.0), FULL_SCORE);
}

/* Return the interval of the index, its components being independent */
Limits
CompositeInterval(const Composite *composite, double confidence)
{
	return ClipInterval(NormalInterval(CompositeScore(composite),
									   sqrt(composite->variance) / composite->weight, confidence,
									   ALTERNATIVE_TWO_SIDED),
						0.0, FULL_SCORE);
}
