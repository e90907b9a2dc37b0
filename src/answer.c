/*
 * answer.c
 *		Checks answers against their scale before they are counted.
 */
#include "postgres.h"

#include "utils/float.h"

#include "answer.h"
#include "statistics.h"

/* Check the ends of a scale; false after a soft error */
bool
CheckScale(int64 low, int64 high, Node *escontext)
{
	if (low < PG_INT16_MIN || high > PG_INT16_MAX || low >= high ||
		high - low >= MAX_HISTOGRAM_POINTS)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("invalid scale from %lld to %lld", (long long) low, (long long) high),
				 errdetail("A scale has 2 to %d points between %d and %d, the lowest first.",
						   MAX_HISTOGRAM_POINTS, PG_INT16_MIN, PG_INT16_MAX)));
	return true;
}

/* Report an answer off its scale */
void
AnswerOffScale(int answer, int low, int high)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("answer \"%d\" is out of range", answer),
			 errdetail("Answers on this scale are whole numbers from %d to %d.", low, high),
			 errhint("Use within_scale(answer, %d, %d) to turn answers off the scale into NULL, "
					 "which is not counted.",
					 low, high)));
}

/* Return an answer given as a fraction as the whole number that it must be */
int
WholeAnswer(float8 answer, int low, int high)
{
	if (!(answer >= low && answer <= high) || answer != rint(answer))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 (isfinite(answer) && answer != rint(answer))
					 ? errmsg("answer \"%s\" is not a whole number", float8out_internal(answer))
					 : errmsg("answer \"%s\" is out of range", float8out_internal(answer)),
				 errdetail("Answers on this scale are whole numbers from %d to %d.", low, high),
				 errhint("Use within_scale(answer, %d, %d) to turn answers off the scale into "
						 "NULL, which is not counted.",
						 low, high)));
	return (int) answer;
}

/* Report a measured value that is no number */
void
ValueNotFinite(float8 value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value \"%s\" must be finite", float8out_internal(value)),
			 errhint("Turn what was not measured into NULL, which is not counted.")));
}

/* Check that a counted answer has a weight */
void
CheckWeightNotNull(bool isnull)
{
	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("weight must not be null"),
				 errhint("Give answers without a weight the weight 0, which drops them, or filter "
						 "them out.")));
}
