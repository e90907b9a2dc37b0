/*
 * ratio.c
 *		ratio_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include <float.h>

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "answer.h"
#include "ratio.h"
#include "surface.h"

#define RATIO_TYPE "ratio_summary"

/* what rounding may have done to co-moments, and what underflow may have by each of the units */
#define RATIO_TOLERANCE 1e-6
#define RATIO_UNDERFLOW DBL_MIN

StaticAssertDecl(sizeof(RatioSummary) == 96, "INTERNALLENGTH of ratio_summary must be its size");

PG_FUNCTION_INFO_V1(ratio_in);
PG_FUNCTION_INFO_V1(ratio_out);
PG_FUNCTION_INFO_V1(ratio_recv);
PG_FUNCTION_INFO_V1(ratio_send);
PG_FUNCTION_INFO_V1(ratio_accum);
PG_FUNCTION_INFO_V1(ratio_final);
PG_FUNCTION_INFO_V1(ratio_merge);

/* Read a summary argument; it must not be written to */
RatioSummary *
RatioGetArg(FunctionCallInfo fcinfo, int arg)
{
	RatioSummary *ratio = (RatioSummary *) PG_GETARG_POINTER(arg);

	CheckStoredVersion(ratio->version, RATIO_VERSION, RATIO_TYPE);
	return ratio;
}

/* Return a summary of no units */
static RatioSummary *
RatioCreate(void)
{
	RatioSummary *ratio = palloc0(sizeof(RatioSummary));

	ratio->version = RATIO_VERSION;
	return ratio;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static RatioSummary *
RatioState(FunctionCallInfo fcinfo)
{
	RatioSummary *ratio;
	RatioSummary *copy;

	if (PG_ARGISNULL(0))
		return RatioCreate();
	ratio = RatioGetArg(fcinfo, 0);
	if (AggCheckCallContext(fcinfo, NULL))
		return ratio;
	copy = palloc(sizeof(RatioSummary));
	memcpy(copy, ratio, sizeof(RatioSummary));
	return copy;
}

/* Check that overflow did not spoil the sums */
static inline void
CheckMoments(const PairMoments *m)
{
	if (unlikely(!isfinite(m->sum_x) || !isfinite(m->sum_y) || !isfinite(m->xx) ||
				 !isfinite(m->yy) || !isfinite(m->xy)))
		float_overflow_error();
}

/* Say what no units can have produced, or return NULL */
static const char *
FindRatioProblem(const RatioSummary *ratio)
{
	const PairMoments *m = &ratio->moments;
	double underflow = RATIO_UNDERFLOW * (double) ratio->count;

	if (ratio->count < 0)
		return "The number of units is negative.";
	if (ratio->count > TALLY_MAX_COUNT)
		return "The number of units is too large.";
	if (ratio->count == 0 &&
		(m->sum_x != 0.0 || m->sum_y != 0.0 || m->xx != 0.0 || m->yy != 0.0 || m->xy != 0.0))
		return "There are sums without units.";
	if (ratio->count == 1 && (m->xx != 0.0 || m->yy != 0.0 || m->xy != 0.0))
		return "One unit has no deviation.";
	if (m->xx < 0.0 || m->yy < 0.0)
		return "Squared deviations are negative.";
	/* Cauchy and Schwarz, by roots since the squares may overflow */
	if (fabs(m->xy) > sqrt(m->xx + underflow) * sqrt(m->yy + underflow) * (1.0 + RATIO_TOLERANCE))
		return "The product of deviations is too large for their squares.";
	return NULL;
}

/* Check what came from outside; false after a soft error */
static bool
CheckRatio(const RatioSummary *ratio, Node *escontext)
{
	const char *problem = FindRatioProblem(ratio);

	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no units have these sums"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Return the text form */
char *
RatioToText(const RatioSummary *ratio)
{
	const PairMoments *m = &ratio->moments;
	StringInfoData out;

	initStringInfo(&out);
	if (ratio->count == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"n\": %lld", (long long) ratio->count);
	AppendJsonFloat(&out, "numerator", m->sum_x);
	AppendJsonFloat(&out, "denominator", m->sum_y);
	AppendJsonFloat(&out, "numerator_squares", m->xx);
	AppendJsonFloat(&out, "denominator_squares", m->yy);
	AppendJsonFloat(&out, "products", m->xy);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
ratio_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	RatioSummary *ratio = RatioCreate();
	PairMoments *m = &ratio->moments;
	JsonObject object;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), RATIO_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(ratio);
	if (!JsonInt64(&object, "n", RATIO_TYPE, &ratio->count, escontext) ||
		!JsonFloat(&object, "numerator", RATIO_TYPE, &m->sum_x, escontext) ||
		!JsonFloat(&object, "denominator", RATIO_TYPE, &m->sum_y, escontext) ||
		!JsonFloat(&object, "numerator_squares", RATIO_TYPE, &m->xx, escontext) ||
		!JsonFloat(&object, "denominator_squares", RATIO_TYPE, &m->yy, escontext) ||
		!JsonFloat(&object, "products", RATIO_TYPE, &m->xy, escontext) ||
		!CheckJsonUsed(&object, RATIO_TYPE, escontext) || !CheckRatio(ratio, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ratio);
}

/* Write the text form */
Datum
ratio_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(RatioToText(RatioGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
ratio_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	RatioSummary *ratio = RatioCreate();
	PairMoments *m = &ratio->moments;

	CheckMessageVersion(in, RATIO_VERSION, RATIO_TYPE);
	(void) GetMessageFlags(in, 0, RATIO_TYPE);
	ratio->count = pq_getmsgint64(in);
	m->sum_x = GetMessageFloat(in, RATIO_TYPE);
	m->sum_y = GetMessageFloat(in, RATIO_TYPE);
	m->xx = GetMessageFloat(in, RATIO_TYPE);
	m->yy = GetMessageFloat(in, RATIO_TYPE);
	m->xy = GetMessageFloat(in, RATIO_TYPE);
	CheckMessageEnd(in, RATIO_TYPE);
	CheckRatio(ratio, NULL);
	PG_RETURN_POINTER(ratio);
}

/* Write the binary form */
Datum
ratio_send(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);
	const PairMoments *m = &ratio->moments;
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, RATIO_VERSION);
	pq_sendbyte(&out, 0);
	pq_sendint64(&out, ratio->count);
	pq_sendfloat8(&out, m->sum_x);
	pq_sendfloat8(&out, m->sum_y);
	pq_sendfloat8(&out, m->xx);
	pq_sendfloat8(&out, m->yy);
	pq_sendfloat8(&out, m->xy);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Add one unit */
Datum
ratio_accum(PG_FUNCTION_ARGS)
{
	double numerator = FiniteValue(PG_GETARG_FLOAT8(1));
	double denominator = FiniteValue(PG_GETARG_FLOAT8(2));
	RatioSummary *ratio = InPlainAggregate(fcinfo) ? RatioGetArg(fcinfo, 0) : RatioState(fcinfo);

	AddToPairMoments(&ratio->moments, (double) ratio->count, numerator, denominator);
	CheckMoments(&ratio->moments);
	TallyAdd(&ratio->count);
	PG_RETURN_POINTER(ratio);
}

/* Return what was added, or NULL when that is nothing */
Datum
ratio_final(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio = RatioGetArg(fcinfo, 0);

	if (ratio->count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(ratio);
}

/* Add one summary to another */
static void
RatioMergeInto(RatioSummary *into, const RatioSummary *from)
{
	if (from->count == 0)
		return;
	if (into->count == 0)
	{
		memcpy(into, from, sizeof(RatioSummary));
		return;
	}
	if (into->count + from->count > TALLY_MAX_COUNT)
		AnswerCountOverflow();
	MergePairMoments(&into->moments, (double) into->count, &from->moments, (double) from->count);
	CheckMoments(&into->moments);
	into->count += from->count;
}

/* Merge two summaries; as a transition function, in place */
Datum
ratio_merge(PG_FUNCTION_ARGS)
{
	RatioSummary *ratio;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(RatioGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(RatioGetArg(fcinfo, 0));
	ratio = RatioState(fcinfo);
	RatioMergeInto(ratio, RatioGetArg(fcinfo, 1));
	PG_RETURN_POINTER(ratio);
}

/* Order the two summary arguments, for sorting only */
static int
RatioCompareArgs(FunctionCallInfo fcinfo)
{
	const RatioSummary *a = RatioGetArg(fcinfo, 0);
	const RatioSummary *b = RatioGetArg(fcinfo, 1);

	if (a->count != b->count)
		return (a->count < b->count) ? -1 : 1;
	return memcmp(a, b, sizeof(RatioSummary));
}

DEFINE_COMPARISONS(ratio, RatioCompareArgs);
DEFINE_HASHES(ratio, RatioSummary, RatioGetArg, sizeof(RatioSummary));
