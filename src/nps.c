/*
 * nps.c
 *		nps_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"

#include "answer.h"
#include "nps.h"
#include "surface.h"

#define NPS_TYPE "nps_summary"

StaticAssertDecl(sizeof(NpsSummary) == 128, "INTERNALLENGTH of nps_summary must be its size");

const char *const NpsClassNames[] = {"promoters", "passives", "detractors"};

PG_FUNCTION_INFO_V1(nps_in);
PG_FUNCTION_INFO_V1(nps_out);
PG_FUNCTION_INFO_V1(nps_recv);
PG_FUNCTION_INFO_V1(nps_send);
PG_FUNCTION_INFO_V1(nps_from_counts);
PG_FUNCTION_INFO_V1(nps_accum_int2);
PG_FUNCTION_INFO_V1(nps_accum_int4);
PG_FUNCTION_INFO_V1(nps_accum_float8);
PG_FUNCTION_INFO_V1(nps_accum_weighted);
PG_FUNCTION_INFO_V1(nps_remove_int2);
PG_FUNCTION_INFO_V1(nps_remove_int4);
PG_FUNCTION_INFO_V1(nps_remove_float8);
PG_FUNCTION_INFO_V1(nps_remove_weighted);
PG_FUNCTION_INFO_V1(nps_final);
PG_FUNCTION_INFO_V1(nps_remove_summary);
PG_FUNCTION_INFO_V1(nps_merge);
PG_FUNCTION_INFO_V1(nps_subtract);

/* Return the class of an answer that is on the scale */
int
NpsClassOf(int answer)
{
	static const uint8 classes[NPS_HIGH + 1] = {NPS_DETRACTOR, NPS_DETRACTOR, NPS_DETRACTOR,
												NPS_DETRACTOR, NPS_DETRACTOR, NPS_DETRACTOR,
												NPS_DETRACTOR, NPS_PASSIVE,   NPS_PASSIVE,
												NPS_PROMOTER,  NPS_PROMOTER};

	return classes[answer];
}

/* Read a summary argument; it must not be written to */
NpsSummary *
NpsGetArg(FunctionCallInfo fcinfo, int arg)
{
	NpsSummary *nps = (NpsSummary *) PG_GETARG_POINTER(arg);

	CheckStoredVersion(nps->version, NPS_VERSION, NPS_TYPE);
	return nps;
}

/* Return a summary of no answers */
NpsSummary *
NpsCreate(void)
{
	NpsSummary *nps = palloc0(sizeof(NpsSummary));

	nps->version = NPS_VERSION;
	return nps;
}

/* Return a copy */
static NpsSummary *
NpsCopy(const NpsSummary *nps)
{
	NpsSummary *copy = palloc(sizeof(NpsSummary));

	memcpy(copy, nps, sizeof(NpsSummary));
	return copy;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static NpsSummary *
NpsState(FunctionCallInfo fcinfo)
{
	NpsSummary *nps;

	if (PG_ARGISNULL(0))
		return NpsCreate();
	nps = NpsGetArg(fcinfo, 0);
	return AggCheckCallContext(fcinfo, NULL) ? nps : NpsCopy(nps);
}

/* Order what two summaries measure */
static int
NpsCompareKind(const NpsSummary *a, const NpsSummary *b)
{
	if (a->boxes != b->boxes)
		return (int) a->boxes - b->boxes;
	if (a->low != b->low)
		return (int) a->low - b->low;
	return (int) a->high - b->high;
}

/* Describe what a summary measures */
static char *
NpsDescribe(const NpsSummary *nps)
{
	if (nps->boxes == 0)
		return "an NPS";
	return psprintf("a net of the %d highest and lowest points from %d to %d", nps->boxes, nps->low,
					nps->high);
}

/* Check that two summaries measure the same */
void
NpsCheckAlike(const NpsSummary *a, const NpsSummary *b)
{
	if (NpsCompareKind(a, b) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("net scores of unlike kinds do not mix"),
				 errdetail("One is %s, the other %s.", NpsDescribe(a), NpsDescribe(b))));
}

/* Check the scale and boxes of a net score; false after a soft error */
static bool
CheckNetKind(int64 low, int64 high, int64 boxes, Node *escontext)
{
	if (!CheckScale(low, high, escontext))
		return false;
	if (boxes < 1 || boxes > (high - low + 1) / 2)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a net of %lld boxes does not fit a scale from %lld to %lld",
						(long long) boxes, (long long) low, (long long) high)));
	return true;
}

/* Return the text form */
char *
NpsToText(const NpsSummary *nps)
{
	Tally tally = NpsTally(nps);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "{\"promoters\": %lld, \"passives\": %lld, \"detractors\": %lld",
					 (long long) nps->count[NPS_PROMOTER], (long long) nps->count[NPS_PASSIVE],
					 (long long) nps->count[NPS_DETRACTOR]);
	TallyWeightsOut(&out, &tally);
	if (nps->boxes != 0)
		appendStringInfo(&out, ", \"net\": {\"low\": %d, \"high\": %d, \"boxes\": %d}", nps->low,
						 nps->high, nps->boxes);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
nps_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	NpsSummary *nps = NpsCreate();
	Tally tally = NpsTally(nps);
	JsonObject object;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), NPS_TYPE, &object, escontext))
		PG_RETURN_NULL();
	for (int i = 0; i < NPS_CLASSES; i++)
	{
		if (!JsonInt64(&object, NpsClassNames[i], NPS_TYPE, &nps->count[i], escontext))
			PG_RETURN_NULL();
	}
	if (!TallyWeightsIn(&tally, &object, NPS_TYPE, escontext))
		PG_RETURN_NULL();
	if (JsonHasMember(&object, "net"))
	{
		int64 low, high, boxes;

		if (!JsonInt64(&object, "net.low", NPS_TYPE, &low, escontext) ||
			!JsonInt64(&object, "net.high", NPS_TYPE, &high, escontext) ||
			!JsonInt64(&object, "net.boxes", NPS_TYPE, &boxes, escontext))
			PG_RETURN_NULL();
		if (!CheckNetKind(low, high, boxes, escontext))
			PG_RETURN_NULL();
		nps->low = (int16) low;
		nps->high = (int16) high;
		nps->boxes = (uint8) boxes;
	}
	if (!CheckJsonUsed(&object, NPS_TYPE, escontext) || !CheckTally(&tally, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(nps);
}

/* Write the text form */
Datum
nps_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(NpsToText(NpsGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
nps_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	NpsSummary *nps = NpsCreate();
	Tally tally = NpsTally(nps);
	int flags;

	CheckMessageVersion(in, NPS_VERSION, NPS_TYPE);
	flags = GetMessageFlags(in, TALLY_WEIGHTED, NPS_TYPE);
	nps->boxes = pq_getmsgbyte(in);
	nps->low = (int16) pq_getmsgint(in, sizeof(int16));
	nps->high = (int16) pq_getmsgint(in, sizeof(int16));
	if (nps->low != 0 || nps->high != 0 || nps->boxes != 0)
		CheckNetKind(nps->low, nps->high, nps->boxes, NULL);
	TallyRecv(&tally, in, flags == TALLY_WEIGHTED, NPS_TYPE);
	CheckMessageEnd(in, NPS_TYPE);
	PG_RETURN_POINTER(nps);
}

/* Write the binary form */
Datum
nps_send(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsGetArg(fcinfo, 0);
	Tally tally = NpsTally(nps);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, NPS_VERSION);
	pq_sendbyte(&out, TallyIsWeighted(&tally) ? TALLY_WEIGHTED : 0);
	pq_sendbyte(&out, nps->boxes);
	pq_sendint16(&out, nps->low);
	pq_sendint16(&out, nps->high);
	TallySend(&out, &tally);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Construct a summary from plain counts */
Datum
nps_from_counts(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsCreate();
	Tally tally = NpsTally(nps);

	for (int i = 0; i < NPS_CLASSES; i++)
		nps->count[i] = PG_GETARG_INT64(i);
	CheckTally(&tally, NULL);
	PG_RETURN_POINTER(nps);
}

/* Count one answer in a window, or by hand */
static pg_noinline Datum
NpsAccumApart(FunctionCallInfo fcinfo, int answer)
{
	NpsSummary *nps = NpsState(fcinfo);

	TallyAdd(&nps->count[NpsClassOf(answer)]);
	PG_RETURN_POINTER(nps);
}

/* Count one answer on the scale */
static inline Datum
NpsAccum(FunctionCallInfo fcinfo, int answer)
{
	NpsSummary *nps;

	if (unlikely(!InPlainAggregate(fcinfo)))
		return NpsAccumApart(fcinfo, answer);
	nps = NpsGetArg(fcinfo, 0);
	TallyAdd(&nps->count[NpsClassOf(answer)]);
	PG_RETURN_POINTER(nps);
}

/* Count one smallint answer */
Datum
nps_accum_int2(PG_FUNCTION_ARGS)
{
	int answer = PG_GETARG_INT16(1);

	CheckAnswer(answer, NPS_LOW, NPS_HIGH);
	return NpsAccum(fcinfo, answer);
}

/* Count one integer answer */
Datum
nps_accum_int4(PG_FUNCTION_ARGS)
{
	int answer = PG_GETARG_INT32(1);

	CheckAnswer(answer, NPS_LOW, NPS_HIGH);
	return NpsAccum(fcinfo, answer);
}

/* Count one answer of any other number type */
Datum
nps_accum_float8(PG_FUNCTION_ARGS)
{
	return NpsAccum(fcinfo, WholeAnswer(PG_GETARG_FLOAT8(1), NPS_LOW, NPS_HIGH));
}

/* Count one weighted answer */
Datum
nps_accum_weighted(PG_FUNCTION_ARGS)
{
	NpsSummary *nps;
	Tally tally;
	int answer;
	int64 weight;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	answer = WholeAnswer(PG_GETARG_FLOAT8(1), NPS_LOW, NPS_HIGH);
	CheckWeightNotNull(PG_ARGISNULL(2));
	weight = WeightInMillionths(PG_GETARG_FLOAT8(2));
	if (weight == 0)
		return ReturnState(fcinfo);
	nps = NpsState(fcinfo);
	tally = NpsTally(nps);
	TallyAddWeighted(&tally, NpsClassOf(answer), weight);
	PG_RETURN_POINTER(nps);
}

/* Return the state of a moving window */
static NpsSummary *
NpsMovingState(FunctionCallInfo fcinfo)
{
	CheckMovingContext(fcinfo);
	return NpsGetArg(fcinfo, 0);
}

/* Take out one answer that leaves a moving window */
static Datum
NpsRemove(FunctionCallInfo fcinfo, int answer)
{
	NpsSummary *nps = NpsMovingState(fcinfo);

	CheckAnswer(answer, NPS_LOW, NPS_HIGH);
	TallyRemove(&nps->count[NpsClassOf(answer)]);
	PG_RETURN_POINTER(nps);
}

/* Take out one smallint answer */
Datum
nps_remove_int2(PG_FUNCTION_ARGS)
{
	return NpsRemove(fcinfo, PG_GETARG_INT16(1));
}

/* Take out one integer answer */
Datum
nps_remove_int4(PG_FUNCTION_ARGS)
{
	return NpsRemove(fcinfo, PG_GETARG_INT32(1));
}

/* Take out one answer of any other number type */
Datum
nps_remove_float8(PG_FUNCTION_ARGS)
{
	return NpsRemove(fcinfo, WholeAnswer(PG_GETARG_FLOAT8(1), NPS_LOW, NPS_HIGH));
}

/* Take out one weighted answer that leaves a moving window */
Datum
nps_remove_weighted(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsMovingState(fcinfo);
	Tally tally = NpsTally(nps);
	int answer;
	int64 weight;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(nps);
	answer = WholeAnswer(PG_GETARG_FLOAT8(1), NPS_LOW, NPS_HIGH);
	weight = WeightInMillionths(PG_GETARG_FLOAT8(2));
	if (weight != 0)
		TallyRemoveWeighted(&tally, NpsClassOf(answer), weight);
	PG_RETURN_POINTER(nps);
}

/* Return what was counted, or NULL when that is nothing */
Datum
nps_final(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsGetArg(fcinfo, 0);
	Tally tally = NpsTally(nps);

	if (TallyIsEmpty(&tally))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(nps);
}

/*
 * Add one summary to another.
 *
 * A summary of no answers goes with any kind.  Of two such the kind that sorts
 * last stays, so that it does not matter which are merged first.
 */
static void
NpsMergeInto(NpsSummary *into, const NpsSummary *from)
{
	Tally into_tally = NpsTally(into);
	Tally from_tally = NpsTally(from);

	if (TallyIsEmpty(&into_tally))
	{
		if (!TallyIsEmpty(&from_tally) || NpsCompareKind(from, into) > 0)
			memcpy(into, from, sizeof(NpsSummary));
		return;
	}
	if (TallyIsEmpty(&from_tally))
		return;
	NpsCheckAlike(into, from);
	TallyMerge(&into_tally, &from_tally);
}

/* Merge two summaries; as a transition function, in place */
Datum
nps_merge(PG_FUNCTION_ARGS)
{
	NpsSummary *nps;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(NpsGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(NpsGetArg(fcinfo, 0));
	nps = NpsState(fcinfo);
	NpsMergeInto(nps, NpsGetArg(fcinfo, 1));
	PG_RETURN_POINTER(nps);
}

/* Take a summary out of another that contains it */
Datum
nps_subtract(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsCopy(NpsGetArg(fcinfo, 0));
	const NpsSummary *part = NpsGetArg(fcinfo, 1);
	Tally tally = NpsTally(nps);
	Tally part_tally = NpsTally(part);

	if (!TallyIsEmpty(&part_tally))
	{
		NpsCheckAlike(nps, part);
		TallySubtract(&tally, &part_tally);
	}
	PG_RETURN_POINTER(nps);
}

/* Take out one summary that leaves a moving window */
Datum
nps_remove_summary(PG_FUNCTION_ARGS)
{
	NpsSummary *nps = NpsMovingState(fcinfo);
	Tally tally = NpsTally(nps);
	Tally part_tally = NpsTally(NpsGetArg(fcinfo, 1));

	TallySubtract(&tally, &part_tally);
	if (TallyIsEmpty(&tally))
	{
		/* the next frame may measure something else */
		nps->boxes = 0;
		nps->low = 0;
		nps->high = 0;
	}
	PG_RETURN_POINTER(nps);
}

/* Order the two summary arguments, for sorting only */
static int
NpsCompareArgs(FunctionCallInfo fcinfo)
{
	const NpsSummary *a = NpsGetArg(fcinfo, 0);
	const NpsSummary *b = NpsGetArg(fcinfo, 1);
	Tally tally_a = NpsTally(a);
	Tally tally_b = NpsTally(b);

	int order = NpsCompareKind(a, b);

	return (order != 0) ? order : TallyCompare(&tally_a, &tally_b);
}

DEFINE_COMPARISONS(nps, NpsCompareArgs);
DEFINE_HASHES(nps, NpsSummary, NpsGetArg, sizeof(NpsSummary));
