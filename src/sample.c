/*
 * sample.c
 *		sample_summary: the type, its aggregates, merging.
 *
 * Sums and squared deviations are updated and merged as Youngs and Cramer (1971) do, which keeps
 * the digits that a sum of squares loses.
 */
#include "postgres.h"

#include <float.h>

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "answer.h"
#include "sample.h"
#include "surface.h"

#define SAMPLE_TYPE "sample_summary"

/*
 * What rounding may have done to sums, relative to the largest value, and what underflow may: to
 * the mean, and to squared deviations by each of the values, since merging adds that up.
 */
#define SAMPLE_TOLERANCE 1e-6
#define SAMPLE_UNDERFLOW DBL_MIN

StaticAssertDecl(sizeof(SampleSummary) == 128, "INTERNALLENGTH of sample_summary must be its size");

PG_FUNCTION_INFO_V1(sample_in);
PG_FUNCTION_INFO_V1(sample_out);
PG_FUNCTION_INFO_V1(sample_recv);
PG_FUNCTION_INFO_V1(sample_send);
PG_FUNCTION_INFO_V1(sample_from_numbers);
PG_FUNCTION_INFO_V1(sample_accum);
PG_FUNCTION_INFO_V1(sample_accum_weighted);
PG_FUNCTION_INFO_V1(sample_final);
PG_FUNCTION_INFO_V1(sample_merge);

/* Read a summary argument; it must not be written to */
SampleSummary *
SampleGetArg(FunctionCallInfo fcinfo, int arg)
{
	SampleSummary *sample = (SampleSummary *) PG_GETARG_POINTER(arg);

	CheckStoredVersion(sample->version, SAMPLE_VERSION, SAMPLE_TYPE);
	return sample;
}

/* Return a summary of nothing */
static SampleSummary *
SampleCreate(void)
{
	SampleSummary *sample = palloc0(sizeof(SampleSummary));

	sample->version = SAMPLE_VERSION;
	return sample;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static SampleSummary *
SampleState(FunctionCallInfo fcinfo)
{
	SampleSummary *sample;
	SampleSummary *copy;

	if (PG_ARGISNULL(0))
		return SampleCreate();
	sample = SampleGetArg(fcinfo, 0);
	if (AggCheckCallContext(fcinfo, NULL))
		return sample;
	copy = palloc(sizeof(SampleSummary));
	memcpy(copy, sample, sizeof(SampleSummary));
	return copy;
}

/* Tell whether some weight differs from one */
static bool
SampleIsWeighted(const SampleSummary *sample)
{
	return sample->square != 0;
}

/* Return the sum of the weights, and that of their squares */
static double
SampleWeight(const SampleSummary *sample, double *square)
{
	Tally tally = SampleTally(sample);

	*square = TallySquare(&tally, 0);
	return TallyWeight(&tally, 0);
}

/* Check that overflow did not spoil sums */
static inline void
CheckSums(const WeightedSums *sums)
{
	if (unlikely(!isfinite(sums->sum) || !isfinite(sums->squares)))
		float_overflow_error();
}

/* Add a value to sums; "before" and "after" are the sums of weights, "after" with that of it */
static inline void
AddToSums(WeightedSums *sums, double value, double weight, double before, double after)
{
	sums->sum += weight * value;
	if (before > 0.0)
	{
		double deviation = value * after - sums->sum;

		sums->squares += deviation * deviation * weight / (before * after);
	}
	CheckSums(sums);
}

/* Add sums to others, each with its sum of weights */
static void
MergeSums(WeightedSums *into, double into_weight, const WeightedSums *from, double from_weight)
{
	double deviation = into->sum / into_weight - from->sum / from_weight;

	into->squares += from->squares +
		deviation * deviation * into_weight * (from_weight / (into_weight + from_weight));
	into->sum += from->sum;
	CheckSums(into);
}

/* Widen the range by a value; the count does not include it yet */
static inline void
AddToRange(SampleSummary *sample, double value)
{
	if (sample->flags & SAMPLE_NO_RANGE)
		return;
	if (sample->count == 0)
		sample->minimum = sample->maximum = value;
	else if (value < sample->minimum)
		sample->minimum = value;
	else if (value > sample->maximum)
		sample->maximum = value;
}

/* Return the sums with squared weights, which are the plain ones while all weights are one */
static WeightedSums
SumsBySquare(const SampleSummary *sample)
{
	return SampleIsWeighted(sample) ? sample->by_square : sample->by_weight;
}

/* Say what no values can have, or return NULL */
static const char *
FindSumsProblem(const SampleSummary *sample, const WeightedSums *sums, double weight)
{
	double mean = sums->sum / weight;
	double largest = fmax(fabs(sample->minimum), fabs(sample->maximum));
	double slack = SAMPLE_TOLERANCE * largest + SAMPLE_UNDERFLOW;
	double above = sample->maximum - mean + slack;
	double below = mean - sample->minimum + slack;
	double underflow = SAMPLE_UNDERFLOW * (double) sample->count;

	if (sums->squares < 0.0)
		return "The squared deviations are negative.";
	if (sample->count == 1 && sums->squares != 0.0)
		return "One value has no deviation.";
	if (sample->flags & SAMPLE_NO_RANGE)
		return NULL;
	if (above < 0.0 || below < 0.0)
		return "The mean lies outside the range.";
	/* Bhatia and Davis (2000) */
	if (sums->squares > weight * above * below * (1.0 + SAMPLE_TOLERANCE) + underflow)
		return "The squared deviations are too large for the range.";
	return NULL;
}

/* Say what no values can have produced, or return NULL; the number of values is checked */
static const char *
FindSampleProblem(const SampleSummary *sample)
{
	double square;
	double weight = SampleWeight(sample, &square);
	const char *problem;

	if (sample->count == 0)
		return (sample->flags != 0 || sample->minimum != 0.0 || sample->maximum != 0.0 ||
				sample->by_weight.sum != 0.0 || sample->by_weight.squares != 0.0 ||
				sample->by_square.sum != 0.0 || sample->by_square.squares != 0.0)
			? "There are sums without values."
			: NULL;
	if (sample->minimum > sample->maximum)
		return "The minimum is above the maximum.";
	if ((sample->flags & SAMPLE_NO_RANGE) && (sample->minimum != 0.0 || sample->maximum != 0.0))
		return "A range that is not known is given.";
	problem = FindSumsProblem(sample, &sample->by_weight, weight);
	if (problem != NULL)
		return problem;
	if (SampleIsWeighted(sample))
		return FindSumsProblem(sample, &sample->by_square, square);
	return NULL;
}

/* Check what came from outside; false after a soft error */
static bool
CheckSample(const SampleSummary *sample, Node *escontext)
{
	Tally tally = SampleTally(sample);
	const char *problem;

	if (!CheckTally(&tally, escontext))
		return false;
	problem = FindSampleProblem(sample);
	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no values have these sums"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Return the text form */
char *
SampleToText(const SampleSummary *sample)
{
	Tally tally = SampleTally(sample);
	StringInfoData out;

	initStringInfo(&out);
	if (sample->count == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"n\": %lld", (long long) sample->count);
	AppendJsonFloat(&out, "sum", sample->by_weight.sum);
	AppendJsonFloat(&out, "squared_deviations", sample->by_weight.squares);
	if (!(sample->flags & SAMPLE_NO_RANGE))
	{
		AppendJsonFloat(&out, "minimum", sample->minimum);
		AppendJsonFloat(&out, "maximum", sample->maximum);
	}
	if (SampleIsWeighted(sample))
	{
		TallyWeightsOut(&out, &tally);
		AppendJsonFloat(&out, "sum_by_square", sample->by_square.sum);
		AppendJsonFloat(&out, "squared_deviations_by_square", sample->by_square.squares);
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
sample_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	SampleSummary *sample = SampleCreate();
	Tally tally = SampleTally(sample);
	JsonObject object;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), SAMPLE_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(sample);
	if (!JsonInt64(&object, "n", SAMPLE_TYPE, &sample->count, escontext) ||
		!JsonFloat(&object, "sum", SAMPLE_TYPE, &sample->by_weight.sum, escontext) ||
		!JsonFloat(&object, "squared_deviations", SAMPLE_TYPE, &sample->by_weight.squares,
				   escontext) ||
		!TallyWeightsIn(&tally, &object, SAMPLE_TYPE, escontext))
		PG_RETURN_NULL();
	if (!JsonHasMember(&object, "minimum") && !JsonHasMember(&object, "maximum"))
		sample->flags = (sample->count != 0) ? SAMPLE_NO_RANGE : 0;
	else if (!JsonFloat(&object, "minimum", SAMPLE_TYPE, &sample->minimum, escontext) ||
			 !JsonFloat(&object, "maximum", SAMPLE_TYPE, &sample->maximum, escontext))
		PG_RETURN_NULL();
	if (SampleIsWeighted(sample) &&
		(!JsonFloat(&object, "sum_by_square", SAMPLE_TYPE, &sample->by_square.sum, escontext) ||
		 !JsonFloat(&object, "squared_deviations_by_square", SAMPLE_TYPE,
					&sample->by_square.squares, escontext)))
		PG_RETURN_NULL();
	if (!CheckJsonUsed(&object, SAMPLE_TYPE, escontext) || !CheckSample(sample, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(sample);
}

/* Write the text form */
Datum
sample_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(SampleToText(SampleGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
sample_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	SampleSummary *sample = SampleCreate();
	Tally tally = SampleTally(sample);
	int flags;

	CheckMessageVersion(in, SAMPLE_VERSION, SAMPLE_TYPE);
	flags = GetMessageFlags(in, TALLY_WEIGHTED | SAMPLE_NO_RANGE, SAMPLE_TYPE);
	sample->flags = flags & SAMPLE_NO_RANGE;
	TallyRecv(&tally, in, (flags & TALLY_WEIGHTED) != 0, SAMPLE_TYPE);
	sample->minimum = GetMessageFloat(in, SAMPLE_TYPE);
	sample->maximum = GetMessageFloat(in, SAMPLE_TYPE);
	sample->by_weight.sum = GetMessageFloat(in, SAMPLE_TYPE);
	sample->by_weight.squares = GetMessageFloat(in, SAMPLE_TYPE);
	if (flags & TALLY_WEIGHTED)
	{
		sample->by_square.sum = GetMessageFloat(in, SAMPLE_TYPE);
		sample->by_square.squares = GetMessageFloat(in, SAMPLE_TYPE);
	}
	CheckMessageEnd(in, SAMPLE_TYPE);
	CheckSample(sample, NULL);
	PG_RETURN_POINTER(sample);
}

/* Write the binary form */
Datum
sample_send(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);
	Tally tally = SampleTally(sample);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, SAMPLE_VERSION);
	pq_sendbyte(&out, sample->flags | (SampleIsWeighted(sample) ? TALLY_WEIGHTED : 0));
	TallySend(&out, &tally);
	pq_sendfloat8(&out, sample->minimum);
	pq_sendfloat8(&out, sample->maximum);
	pq_sendfloat8(&out, sample->by_weight.sum);
	pq_sendfloat8(&out, sample->by_weight.squares);
	if (SampleIsWeighted(sample))
	{
		pq_sendfloat8(&out, sample->by_square.sum);
		pq_sendfloat8(&out, sample->by_square.squares);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Construct a summary from published numbers, with or without the range */
Datum
sample_from_numbers(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleCreate();
	int64 n = PG_GETARG_INT64(0);
	double mean = FiniteValue(PG_GETARG_FLOAT8(1));
	double deviation = FiniteValue(PG_GETARG_FLOAT8(2));

	if (n < 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of values \"%lld\" must be positive", (long long) n)));
	if (deviation < 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("standard deviation \"%s\" must not be negative",
						float8out_internal(deviation))));
	if (n == 1 && deviation > 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("standard deviation \"%s\" does not fit one value",
						float8out_internal(deviation)),
				 errhint("One value has no deviation: give 0.")));
	sample->count = n;
	sample->by_weight.sum = mean * n;
	sample->by_weight.squares = deviation * deviation * (n - 1);
	CheckSums(&sample->by_weight);
	if (PG_NARGS() > 3)
	{
		sample->minimum = FiniteValue(PG_GETARG_FLOAT8(3));
		sample->maximum = FiniteValue(PG_GETARG_FLOAT8(4));
	}
	else
		sample->flags = SAMPLE_NO_RANGE;
	CheckSample(sample, NULL);
	PG_RETURN_POINTER(sample);
}

/* Add one value to a summary in which all weights are one */
static inline void
SampleAddUnweighted(SampleSummary *sample, double value)
{
	AddToRange(sample, value);
	AddToSums(&sample->by_weight, value, 1.0, (double) sample->count, sample->count + 1.0);
	TallyAdd(&sample->count);
}

/* Add one value of any weight but zero */
static void
SampleAdd(SampleSummary *sample, double value, int64 millionths)
{
	Tally tally = SampleTally(sample);
	double weight = (double) millionths / WEIGHT_ONE;
	double before, after, square_before, square_after;

	if (millionths == WEIGHT_ONE && !SampleIsWeighted(sample))
	{
		SampleAddUnweighted(sample, value);
		return;
	}
	sample->by_square = SumsBySquare(sample);
	AddToRange(sample, value);
	before = SampleWeight(sample, &square_before);
	TallyAddWeighted(&tally, 0, millionths);
	after = SampleWeight(sample, &square_after);
	AddToSums(&sample->by_weight, value, weight, before, after);
	AddToSums(&sample->by_square, value, weight * weight, square_before, square_after);
}

/* Add one value when called by hand, or after weighted ones */
static pg_noinline Datum
SampleAccumApart(FunctionCallInfo fcinfo, double value)
{
	SampleSummary *sample = SampleState(fcinfo);

	SampleAdd(sample, value, WEIGHT_ONE);
	PG_RETURN_POINTER(sample);
}

/* Add one value */
Datum
sample_accum(PG_FUNCTION_ARGS)
{
	double value = FiniteValue(PG_GETARG_FLOAT8(1));
	SampleSummary *sample;

	if (unlikely(!InPlainAggregate(fcinfo)))
		return SampleAccumApart(fcinfo, value);
	sample = SampleGetArg(fcinfo, 0);
	if (unlikely(SampleIsWeighted(sample)))
		return SampleAccumApart(fcinfo, value);
	SampleAddUnweighted(sample, value);
	PG_RETURN_POINTER(sample);
}

/* Add one weighted value */
Datum
sample_accum_weighted(PG_FUNCTION_ARGS)
{
	SampleSummary *sample;
	double value;
	int64 millionths;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	value = FiniteValue(PG_GETARG_FLOAT8(1));
	CheckWeightNotNull(PG_ARGISNULL(2));
	millionths = WeightInMillionths(PG_GETARG_FLOAT8(2));
	if (millionths == 0)
		return ReturnState(fcinfo);
	sample = SampleState(fcinfo);
	SampleAdd(sample, value, millionths);
	PG_RETURN_POINTER(sample);
}

/* Return what was added, or NULL when that is nothing */
Datum
sample_final(PG_FUNCTION_ARGS)
{
	SampleSummary *sample = SampleGetArg(fcinfo, 0);

	if (sample->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(sample);
}

/* Add one summary to another; the range is known if it is for both */
static void
SampleMergeInto(SampleSummary *into, const SampleSummary *from)
{
	Tally into_tally = SampleTally(into);
	Tally from_tally = SampleTally(from);
	double into_square, from_square;
	double into_weight = SampleWeight(into, &into_square);
	double from_weight = SampleWeight(from, &from_square);

	if (from->count == 0)
		return;
	if (into->count == 0)
	{
		memcpy(into, from, sizeof(SampleSummary));
		return;
	}
	if (SampleIsWeighted(into) || SampleIsWeighted(from))
	{
		WeightedSums from_sums = SumsBySquare(from);

		into->by_square = SumsBySquare(into);
		MergeSums(&into->by_square, into_square, &from_sums, from_square);
	}
	MergeSums(&into->by_weight, into_weight, &from->by_weight, from_weight);
	if ((into->flags | from->flags) & SAMPLE_NO_RANGE)
	{
		into->flags = SAMPLE_NO_RANGE;
		into->minimum = into->maximum = 0.0;
	}
	else
	{
		into->minimum = Min(into->minimum, from->minimum);
		into->maximum = Max(into->maximum, from->maximum);
	}
	TallyMerge(&into_tally, &from_tally);
}

/* Merge two summaries; as a transition function, in place */
Datum
sample_merge(PG_FUNCTION_ARGS)
{
	SampleSummary *sample;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(SampleGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(SampleGetArg(fcinfo, 0));
	sample = SampleState(fcinfo);
	SampleMergeInto(sample, SampleGetArg(fcinfo, 1));
	PG_RETURN_POINTER(sample);
}

/* Order the two summary arguments, for sorting only */
static int
SampleCompareArgs(FunctionCallInfo fcinfo)
{
	const SampleSummary *a = SampleGetArg(fcinfo, 0);
	const SampleSummary *b = SampleGetArg(fcinfo, 1);
	Tally tally_a = SampleTally(a);
	Tally tally_b = SampleTally(b);
	int order = TallyCompare(&tally_a, &tally_b);

	return (order != 0) ? order : memcmp(a, b, sizeof(SampleSummary));
}

DEFINE_COMPARISONS(sample, SampleCompareArgs);
DEFINE_HASHES(sample, SampleSummary, SampleGetArg, sizeof(SampleSummary));
