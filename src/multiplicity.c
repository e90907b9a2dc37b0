/*
 * multiplicity.c
 *		p-values of a family of tests, adjusted for how many there are.
 */
#include "statistics.h"

/* Adjust p-values sorted from the smallest up, in place */
void
AdjustPValues(RankedP *tests, int count, Adjustment adjustment)
{
	double running;

	switch (adjustment)
	{
		case ADJUST_BONFERRONI:
			for (int i = 0; i < count; i++)
				tests[i].p = fmin(1.0, count * tests[i].p);
			break;
		case ADJUST_HOLM:
			/* Holm (1979): step down, never smaller than the one before */
			running = 0.0;
			for (int i = 0; i < count; i++)
			{
				running = fmax(running, fmin(1.0, (count - i) * tests[i].p));
				tests[i].p = running;
			}
			break;
		case ADJUST_BENJAMINI_HOCHBERG:
			/* Benjamini and Hochberg (1995): step up, never larger than the one after */
			running = 1.0;
			for (int i = count - 1; i >= 0; i--)
			{
				running = fmin(running, tests[i].p * count / (i + 1.0));
				tests[i].p = running;
			}
			break;
	}
}
