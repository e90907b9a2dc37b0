/*
 * rate.c
 *		rate_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/timestamp.h"

#include "answer.h"
#include "rate.h"
#include "surface.h"

#define RATE_TYPE "rate_summary"

StaticAssertDecl(sizeof(RateSummary) == 128, "INTERNALLENGTH of rate_summary must be its size");

const char *const RateClassNames[] = {"successes", "failures", "undecided"};

PG_FUNCTION_INFO_V1(rate_in);
PG_FUNCTION_INFO_V1(rate_out);
PG_FUNCTION_INFO_V1(rate_recv);
PG_FUNCTION_INFO_V1(rate_send);
PG_FUNCTION_INFO_V1(rate_from_counts);
PG_FUNCTION_INFO_V1(rate_accum);
PG_FUNCTION_INFO_V1(rate_accum_weighted);
PG_FUNCTION_INFO_V1(rate_remove);
PG_FUNCTION_INFO_V1(rate_remove_weighted);
PG_FUNCTION_INFO_V1(rate_remove_summary);
PG_FUNCTION_INFO_V1(rate_final);
PG_FUNCTION_INFO_V1(rate_merge);
PG_FUNCTION_INFO_V1(rate_subtract);
PG_FUNCTION_INFO_V1(met_by);

/* Read a summary argument; it must not be written to */
RateSummary *
RateGetArg(FunctionCallInfo fcinfo, int arg)
{
	RateSummary *rate = (RateSummary *) PG_GETARG_POINTER(arg);

	CheckStoredVersion(rate->version, RATE_VERSION, RATE_TYPE);
	return rate;
}

/* Return a summary of nothing */
RateSummary *
RateCreate(void)
{
	RateSummary *rate = palloc0(sizeof(RateSummary));

	rate->version = RATE_VERSION;
	return rate;
}

/* Return a summary of what is and what is not, apart from what is not decided yet */
RateSummary *
RateOfCounts(int64 successes, int64 failures, int64 undecided)
{
	RateSummary *rate = RateCreate();

	rate->count[RATE_SUCCESS] = successes;
	rate->count[RATE_FAILURE] = failures;
	rate->count[RATE_UNDECIDED] = undecided;
	return rate;
}

/* Return a copy */
static RateSummary *
RateCopy(const RateSummary *rate)
{
	RateSummary *copy = palloc(sizeof(RateSummary));

	memcpy(copy, rate, sizeof(RateSummary));
	return copy;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static RateSummary *
RateState(FunctionCallInfo fcinfo)
{
	RateSummary *rate;

	if (PG_ARGISNULL(0))
		return RateCreate();
	rate = RateGetArg(fcinfo, 0);
	return AggCheckCallContext(fcinfo, NULL) ? rate : RateCopy(rate);
}

/* Return the state of a moving window */
static RateSummary *
RateMovingState(FunctionCallInfo fcinfo)
{
	CheckMovingContext(fcinfo);
	return RateGetArg(fcinfo, 0);
}

/* Return the text form */
char *
RateToText(const RateSummary *rate)
{
	Tally tally = RateTally(rate);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "{\"successes\": %lld, \"failures\": %lld, \"undecided\": %lld",
					 (long long) rate->count[RATE_SUCCESS], (long long) rate->count[RATE_FAILURE],
					 (long long) rate->count[RATE_UNDECIDED]);
	TallyWeightsOut(&out, &tally);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
rate_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	RateSummary *rate = RateCreate();
	Tally tally = RateTally(rate);
	JsonObject object;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), RATE_TYPE, &object, escontext))
		PG_RETURN_NULL();
	for (int i = 0; i < RATE_CLASSES; i++)
	{
		if (!JsonInt64(&object, RateClassNames[i], RATE_TYPE, &rate->count[i], escontext))
			PG_RETURN_NULL();
	}
	if (!TallyWeightsIn(&tally, &object, RATE_TYPE, escontext) ||
		!CheckJsonUsed(&object, RATE_TYPE, escontext) || !CheckTally(&tally, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(rate);
}

/* Write the text form */
Datum
rate_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(RateToText(RateGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
rate_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	RateSummary *rate = RateCreate();
	Tally tally = RateTally(rate);
	int flags;

	CheckMessageVersion(in, RATE_VERSION, RATE_TYPE);
	flags = GetMessageFlags(in, TALLY_WEIGHTED, RATE_TYPE);
	TallyRecv(&tally, in, flags == TALLY_WEIGHTED, RATE_TYPE);
	CheckMessageEnd(in, RATE_TYPE);
	PG_RETURN_POINTER(rate);
}

/* Write the binary form */
Datum
rate_send(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateGetArg(fcinfo, 0);
	Tally tally = RateTally(rate);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, RATE_VERSION);
	pq_sendbyte(&out, TallyIsWeighted(&tally) ? TALLY_WEIGHTED : 0);
	TallySend(&out, &tally);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Construct a summary from plain counts */
Datum
rate_from_counts(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateCreate();
	Tally tally = RateTally(rate);
	int64 successes = PG_GETARG_INT64(0);
	int64 trials = PG_GETARG_INT64(1);

	if (successes < 0 || trials < successes)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("successes \"%lld\" must lie between 0 and trials \"%lld\"",
						(long long) successes, (long long) trials),
				 errhint("Call rate_summary(successes, trials, undecided).")));
	rate->count[RATE_SUCCESS] = successes;
	rate->count[RATE_FAILURE] = trials - successes;
	rate->count[RATE_UNDECIDED] = PG_GETARG_INT64(2);
	CheckTally(&tally, NULL);
	PG_RETURN_POINTER(rate);
}

/* Return the class of the condition argument */
static inline RateClass
RateClassOfArg(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(1))
		return RATE_UNDECIDED;
	return PG_GETARG_BOOL(1) ? RATE_SUCCESS : RATE_FAILURE;
}

/* Count one row in a window, or by hand */
static pg_noinline Datum
RateAccumApart(FunctionCallInfo fcinfo)
{
	RateSummary *rate = RateState(fcinfo);

	TallyAdd(&rate->count[RateClassOfArg(fcinfo)]);
	PG_RETURN_POINTER(rate);
}

/* Count one row */
Datum
rate_accum(PG_FUNCTION_ARGS)
{
	RateSummary *rate;

	if (unlikely(!InPlainAggregate(fcinfo)))
		return RateAccumApart(fcinfo);
	rate = RateGetArg(fcinfo, 0);
	TallyAdd(&rate->count[RateClassOfArg(fcinfo)]);
	PG_RETURN_POINTER(rate);
}

/* Count one weighted row; an undecided one is counted, too, and needs its weight */
Datum
rate_accum_weighted(PG_FUNCTION_ARGS)
{
	RateSummary *rate;
	Tally tally;
	int64 weight;

	CheckWeightNotNull(PG_ARGISNULL(2));
	weight = WeightInMillionths(PG_GETARG_FLOAT8(2));
	if (weight == 0)
		return ReturnState(fcinfo);
	rate = RateState(fcinfo);
	tally = RateTally(rate);
	TallyAddWeighted(&tally, RateClassOfArg(fcinfo), weight);
	PG_RETURN_POINTER(rate);
}

/* Take out one row that leaves a moving window */
Datum
rate_remove(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateMovingState(fcinfo);

	TallyRemove(&rate->count[RateClassOfArg(fcinfo)]);
	PG_RETURN_POINTER(rate);
}

/* Take out one weighted row that leaves a moving window */
Datum
rate_remove_weighted(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateMovingState(fcinfo);
	Tally tally = RateTally(rate);
	int64 weight = WeightInMillionths(PG_GETARG_FLOAT8(2));

	if (weight != 0)
		TallyRemoveWeighted(&tally, RateClassOfArg(fcinfo), weight);
	PG_RETURN_POINTER(rate);
}

/* Return what was counted, or NULL when that is nothing */
Datum
rate_final(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateGetArg(fcinfo, 0);
	Tally tally = RateTally(rate);

	if (TallyIsEmpty(&tally))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(rate);
}

/* Merge two summaries; as a transition function, in place */
Datum
rate_merge(PG_FUNCTION_ARGS)
{
	RateSummary *rate;
	Tally tally, from;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(RateGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(RateGetArg(fcinfo, 0));
	rate = RateState(fcinfo);
	tally = RateTally(rate);
	from = RateTally(RateGetArg(fcinfo, 1));
	TallyMerge(&tally, &from);
	PG_RETURN_POINTER(rate);
}

/* Take a summary out of another that contains it */
Datum
rate_subtract(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateCopy(RateGetArg(fcinfo, 0));
	Tally tally = RateTally(rate);
	Tally part = RateTally(RateGetArg(fcinfo, 1));

	TallySubtract(&tally, &part);
	PG_RETURN_POINTER(rate);
}

/* Take out one summary that leaves a moving window */
Datum
rate_remove_summary(PG_FUNCTION_ARGS)
{
	RateSummary *rate = RateMovingState(fcinfo);
	Tally tally = RateTally(rate);
	Tally part = RateTally(RateGetArg(fcinfo, 1));

	TallySubtract(&tally, &part);
	PG_RETURN_POINTER(rate);
}

/* Order the two summary arguments, for sorting only */
static int
RateCompareArgs(FunctionCallInfo fcinfo)
{
	Tally a = RateTally(RateGetArg(fcinfo, 0));
	Tally b = RateTally(RateGetArg(fcinfo, 1));

	return TallyCompare(&a, &b);
}

DEFINE_COMPARISONS(rate, RateCompareArgs);
DEFINE_HASHES(rate, RateSummary, RateGetArg, sizeof(RateSummary));

/* Tell whether something was done by its due time, once that can be told */
Datum
met_by(PG_FUNCTION_ARGS)
{
	TimestampTz due_at, as_of;

	/* without a due time or a present there is nothing to decide */
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	due_at = PG_GETARG_TIMESTAMPTZ(1);
	as_of = PG_GETARG_TIMESTAMPTZ(2);

	/* what is done early waits, too: else the quick ones would be counted first */
	if (due_at > as_of)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(!PG_ARGISNULL(0) && PG_GETARG_TIMESTAMPTZ(0) <= due_at);
}
