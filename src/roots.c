/*
 * roots.c
 *		One bracketing root finder for every interval that inverts a test.
 */
#include "statistics.h"

#include <float.h>

/* bisection alone halves the widest double interval away in far fewer steps */
#define MAX_STEPS 200

/*
 * Find where a function changes sign, by Brent's method (1973).
 *
 * The caller knows the signs: positive at "above", negative at "below".  An
 * end whose value contradicts that, a zero included, is the answer only at
 * "above".  At "below" interval functions touch zero once more, and next to
 * it rounding leaves no sign to go by, so that the search begins in the middle.
 */
double
FindRoot(RootFunction function, const void *context, double above, double below)
{
	double a = above, b = below, c, fa = function(above, context), fb = function(below, context),
		   fc, step, previous_step;

	if (isnan(fa) || isnan(fb))
		return NOT_DEFINED;
	if (fa <= 0.0)
		return above;
	if (fb >= 0.0)
		fb = -fa;

	c = a;
	fc = fa;
	step = previous_step = b - a;

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double tolerance, half;

		/* keep the root between b, the best so far, and c */
		if ((fb > 0.0) == (fc > 0.0))
		{
			c = a;
			fc = fa;
			step = previous_step = b - a;
		}
		if (fabs(fc) < fabs(fb))
		{
			a = b;
			b = c;
			c = a;
			fa = fb;
			fb = fc;
			fc = fa;
		}
		tolerance = 2.0 * DBL_EPSILON * fabs(b) + DBL_MIN;
		half = 0.5 * (c - b);
		if (fabs(half) <= tolerance || fb == 0.0)
			break;

		if (fabs(previous_step) < tolerance || fabs(fa) <= fabs(fb))
			step = previous_step = half;
		else
		{
			double p, q, r, s = fb / fa;

			if (a == c)
			{
				/* secant */
				p = 2.0 * half * s;
				q = 1.0 - s;
			}
			else
			{
				/* inverse quadratic interpolation */
				q = fa / fc;
				r = fb / fc;
				p = s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0));
				q = (q - 1.0) * (r - 1.0) * (s - 1.0);
			}
			if (p > 0.0)
				q = -q;
			else
				p = -p;
			if (2.0 * p < fmin(3.0 * half * q - fabs(tolerance * q), fabs(previous_step * q)))
			{
				previous_step = step;
				step = p / q;
			}
			else
				step = previous_step = half;
		}
		a = b;
		fa = fb;
		b += (fabs(step) > tolerance) ? step : copysign(tolerance, half);
		fb = function(b, context);
		if (isnan(fb))
			return NOT_DEFINED;
	}
	return b;
}
