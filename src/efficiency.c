/*
 * efficiency.c
 *		What attempts at a task achieve in their time.
 */
#include "statistics.h"

/*
 * Return the goals of an attempt by unit of time: that of an attempt is 1 / time, or 0 where it
 * failed, whatever its time.
 *
 * With the times of all completed attempts the error is that of a mean.  With some of them it is
 * that of the product of two means, the share completed and the speed of those that were timed.
 */
Mean
TimeBasedEfficiency(Proportion completed, Speeds timed)
{
	Mean mean = {NOT_DEFINED, NOT_DEFINED, completed.trials - 1.0};
	double share = completed.successes / completed.trials;
	double speed = (completed.successes > 0.0) ? timed.mean : 0.0;
	double spread = share * (1.0 - share) * speed * speed / mean.df;

	mean.mean = share * speed;
	if (timed.n == completed.successes)
		spread += timed.deviations / completed.trials / mean.df;
	else
	{
		mean.df = timed.n - 1.0;
		spread += share * share * timed.deviations / timed.n / mean.df;
	}
	mean.error = sqrt(spread);
	return mean;
}

/* Return the share of the time that was spent on attempts that reached the goal, linearised */
Mean
RelativeEfficiency(TimeSums completed, TimeSums abandoned)
{
	double n = completed.n + abandoned.n;
	double sum = completed.sum + abandoned.sum;
	Mean share = {NOT_DEFINED, NOT_DEFINED, n - 1.0};
	double rest = abandoned.sum / sum;
	double residuals;

	if (!(sum > 0.0))
		return share;
	share.mean = completed.sum / sum;
	residuals = rest * rest * completed.squares + share.mean * share.mean * abandoned.squares;
	share.error = sqrt(n / share.df * residuals) / sum;
	return share;
}
