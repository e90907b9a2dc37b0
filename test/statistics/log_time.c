/*
 * log_time.c
 *		The logarithm of a duration against libm's, and its order.
 */
#include "log_time.h"

#include <math.h>
#include <stdio.h>

#include "../report.h"

#define TWO_POWERS 63
#define GRID 100000
#define NEIGHBOURS 2000

/* of the logarithm itself, and of the unit that it is rounded to */
#define LOG_ERROR 2e-13L
#define FIXED_ERROR 0.51L

/* Compare with libm's logarithm between all powers of two */
static void
CheckAccuracy(void)
{
	long double worst = 0.0L, worst_fixed = 0.0L;
	char description[200];

	for (int power = 0; power < TWO_POWERS; power++)
	{
		int64_t base = INT64_C(1) << power;

		for (int i = 0; i < GRID; i++)
		{
			int64_t duration = base + (int64_t) ((long double) base * i / GRID);
			long double exact = logl((long double) duration);

			worst = fmaxl(worst, fabsl((long double) LogTime(duration) - exact));
			worst_fixed =
				fmaxl(worst_fixed,
					  fabsl((long double) LogTimeFixed(duration) - exact * LOG_TIME_UNIT));
		}
	}
	snprintf(description, sizeof(description), "%d durations, worst error %.1Le", TWO_POWERS * GRID,
			 worst);
	Report(worst <= LOG_ERROR, description);
	snprintf(description, sizeof(description), "rounded to units, worst error %.4Lf of one",
			 worst_fixed);
	Report(worst_fixed <= FIXED_ERROR, description);
}

/* Check that it does not fall around the powers of two, and next to durations between them */
static void
CheckOrder(void)
{
	int falls = 0, pairs = 0;
	char description[200];

	for (int power = 0; power < TWO_POWERS; power++)
	{
		for (int part = 0; part < 8; part++)
		{
			/* at large durations the next double lies more than one nanosecond further */
			int64_t step = (power > 52) ? INT64_C(1) << (power - 53) : 1;
			int64_t middle = (INT64_C(1) << power) + ((INT64_C(1) << power) / 8) * part;

			for (int64_t i = -NEIGHBOURS; i < NEIGHBOURS; i++)
			{
				int64_t duration = middle + i * step;

				if (duration < 1 || duration > INT64_MAX - step)
					continue;
				pairs++;
				falls += LogTime(duration + step) < LogTime(duration) ||
					LogTimeFixed(duration + step) < LogTimeFixed(duration);
			}
		}
	}
	snprintf(description, sizeof(description), "it never falls (%d pairs)", pairs);
	Report(falls == 0, description);
}

/* Check the ends */
static void
CheckEnds(void)
{
	Report(LogTime(1) == 0.0 && LogTimeFixed(1) == 0, "of one it is zero");
	Report(LogTimeFixed(INT64_MAX) <= LOG_TIME_MAX && LogTimeFixed(INT64_MAX) >= LOG_TIME_MAX - 2,
		   "of the longest it is the longest one's");
	Report(LogTime(2) == LOG_TWO && LogTime(INT64_C(1) << 62) == 62 * LOG_TWO,
		   "of powers of two it has no error but that of their logarithm");
}

/* Run all checks */
int
main(void)
{
	printf("1..6\n");
	CheckAccuracy();
	CheckOrder();
	CheckEnds();
	return failures == 0 ? 0 : 1;
}
