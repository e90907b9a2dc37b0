/*
 * sample_size.c
 *		How many responses a question needs, before rounding up.
 */
#include "statistics.h"

/* the three answers that the adjusted-Wald interval of a net score adds itself */
#define NET_ADDED_ANSWERS 3.0

/* Return the responses that give a net share its margin */
double
ResponsesForNet(double margin, double variance, double confidence)
{
	double z = NormalTailQuantile((1.0 - confidence) / 2.0);

	return z * z * variance / (margin * margin) - NET_ADDED_ANSWERS;
}

/* Return the responses per group that show a difference of two net shares */
double
ResponsesForNetDifference(double difference, double variance_a, double variance_b, double power,
						  double confidence)
{
	double z = NormalTailQuantile((1.0 - confidence) / 2.0) + NormalTailQuantile(1.0 - power);

	return z * z * (variance_a + variance_b) / (difference * difference) - NET_ADDED_ANSWERS;
}

/* Return the responses that give a share its margin (Cochran 1977), of a finite population */
double
ResponsesForShare(double margin, double share, double population, double confidence)
{
	double z = NormalTailQuantile((1.0 - confidence) / 2.0);
	double n = z * z * share * (1.0 - share) / (margin * margin);

	if (isinf(population))
		return n;
	return n / (1.0 + (n - 1.0) / population);
}

/* Return the responses per group that show a difference of two shares (Fleiss 1981) */
double
ResponsesForShareDifference(double share_a, double share_b, double power, double confidence)
{
	double pooled = (share_a + share_b) / 2.0;
	double null_error = sqrt(2.0 * pooled * (1.0 - pooled));
	double error = sqrt(share_a * (1.0 - share_a) + share_b * (1.0 - share_b));
	double reach = NormalTailQuantile((1.0 - confidence) / 2.0) * null_error +
		NormalTailQuantile(1.0 - power) * error;

	return reach * reach / ((share_a - share_b) * (share_a - share_b));
}
