/*
 * log_time.h
 *		The natural logarithm of a duration, the same on every machine.
 *
 * Sums of logarithms are stored, and must be the same however the rows came; those of libm differ
 * in their last bits from one machine to the next.  This one takes additions, multiplications and
 * one division of doubles, which IEEE 754 rounds everywhere alike, and is a whole number of units,
 * so that sums are exact.  It never falls where the duration grows: each operation takes numbers
 * that are not negative and grow with the duration, and a rounded operation keeps an order.
 */
#ifndef CXUX_LOG_TIME_H
#define CXUX_LOG_TIME_H

#include <stdint.h>
#include <string.h>

/* the logarithm of two, and a unit of the fixed-point logarithm */
#define LOG_TWO 0.6931471805599453
#define LOG_TIME_BITS 36
#define LOG_TIME_UNIT (INT64_C(1) << LOG_TIME_BITS)

/* the fixed-point logarithm of the longest duration, 2^63, rounded up */
#define LOG_TIME_MAX ((int64_t) (63 * LOG_TWO * LOG_TIME_UNIT) + 1)

/* the parts of a double */
#define DOUBLE_MANTISSA_BITS 52
#define DOUBLE_MANTISSA_MASK ((UINT64_C(1) << DOUBLE_MANTISSA_BITS) - 1)
#define DOUBLE_BIAS 1023

/*
 * Return the logarithm of a positive duration.
 *
 * With duration = 2^e m, m from 1 to 2, it is e ln 2 + 2 atanh(s), s = (m - 1) / (m + 1).  What
 * follows the twelve terms taken of atanh's series is below 2e-13, as s is at most 1/3.
 */
static inline double
LogTime(int64_t duration)
{
	double x = (double) duration;
	uint64_t bits;
	double exponent, s, z, z2, z4, series;

	memcpy(&bits, &x, sizeof(bits));
	exponent = (double) (int) ((int) (bits >> DOUBLE_MANTISSA_BITS) - DOUBLE_BIAS);
	bits &= DOUBLE_MANTISSA_MASK;
	bits |= (uint64_t) DOUBLE_BIAS << DOUBLE_MANTISSA_BITS;
	memcpy(&x, &bits, sizeof(x));

	s = (x - 1.0) / (x + 1.0);
	z = s * s;
	z2 = z * z;
	z4 = z2 * z2;
	/* in pairs, so that the operations do not wait for each other */
	series = ((1.0 + z * (1.0 / 3)) + z2 * (1.0 / 5 + z * (1.0 / 7))) +
		z4 *
			(((1.0 / 9 + z * (1.0 / 11)) + z2 * (1.0 / 13 + z * (1.0 / 15))) +
			 z4 * ((1.0 / 17 + z * (1.0 / 19)) + z2 * (1.0 / 21 + z * (1.0 / 23))));
	return exponent * LOG_TWO + 2.0 * s * series;
}

/* Return the logarithm of a positive duration in units, rounded to the nearest one */
static inline int64_t
LogTimeFixed(int64_t duration)
{
	return (int64_t) (LogTime(duration) * (double) LOG_TIME_UNIT + 0.5);
}

#endif /* CXUX_LOG_TIME_H */
