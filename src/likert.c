/*
 * likert.c
 *		likert_summary: the type, its aggregates, merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"

#include "answer.h"
#include "likert.h"
#include "surface.h"

#define LIKERT_TYPE "likert_summary"

#define LIKERT_HEADER offsetof(LikertSummary, data)

StaticAssertDecl(offsetof(LikertSummary, data) == MAXALIGN(offsetof(LikertSummary, data)),
				 "the counts of likert_summary must be aligned");

PG_FUNCTION_INFO_V1(likert_in);
PG_FUNCTION_INFO_V1(likert_out);
PG_FUNCTION_INFO_V1(likert_recv);
PG_FUNCTION_INFO_V1(likert_send);
PG_FUNCTION_INFO_V1(likert_from_counts);
PG_FUNCTION_INFO_V1(likert_accum_int2);
PG_FUNCTION_INFO_V1(likert_accum_int4);
PG_FUNCTION_INFO_V1(likert_accum_float8);
PG_FUNCTION_INFO_V1(likert_accum_weighted);
PG_FUNCTION_INFO_V1(likert_remove_int2);
PG_FUNCTION_INFO_V1(likert_remove_int4);
PG_FUNCTION_INFO_V1(likert_remove_float8);
PG_FUNCTION_INFO_V1(likert_remove_weighted);
PG_FUNCTION_INFO_V1(likert_remove_summary);
PG_FUNCTION_INFO_V1(likert_final);
PG_FUNCTION_INFO_V1(likert_merge);
PG_FUNCTION_INFO_V1(likert_subtract);

/* Read a summary argument; it must not be written to */
LikertSummary *
LikertGetArg(FunctionCallInfo fcinfo, int arg)
{
	LikertSummary *likert = (LikertSummary *) PG_GETARG_POINTER(arg);

	/* plain storage never packs, but somebody may have altered it */
	if (unlikely(VARATT_IS_EXTENDED(likert)))
		likert = (LikertSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));
	CheckStoredVersion(likert->version, LIKERT_VERSION, LIKERT_TYPE);
	return likert;
}

/* Return a summary of no answers on a scale, with or without room for weights */
static LikertSummary *
LikertCreate(int low, int high, bool weighted)
{
	int points = (high > low) ? high - low + 1 : 0;
	Size size = LIKERT_HEADER + points * sizeof(int64);
	LikertSummary *likert;

	if (weighted)
		size += points * (sizeof(int64) + sizeof(int128));
	likert = palloc0(size);
	SET_VARSIZE(likert, size);
	likert->version = LIKERT_VERSION;
	likert->flags = weighted ? TALLY_WEIGHTED : 0;
	likert->low = low;
	likert->high = high;
	return likert;
}

/* Return a copy, with room for weights if asked for; without, there must be none */
static LikertSummary *
LikertCopy(const LikertSummary *likert, bool weighted)
{
	LikertSummary *copy = LikertCreate(likert->low, likert->high, weighted);
	Tally from = LikertTally(likert);
	Tally into = LikertTally(copy);

	TallyMerge(&into, &from);
	return copy;
}

/* Return the canonical form: room for weights only where there are some */
static LikertSummary *
LikertCanonical(LikertSummary *likert)
{
	Tally tally = LikertTally(likert);

	if ((likert->flags & TALLY_WEIGHTED) && !TallyIsWeighted(&tally))
		return LikertCopy(likert, false);
	return likert;
}

/* Return the state of an aggregate to be changed in place; a copy when called by hand */
static LikertSummary *
LikertState(FunctionCallInfo fcinfo)
{
	LikertSummary *likert;

	if (PG_ARGISNULL(0))
		return LikertCreate(0, 0, false);
	likert = LikertGetArg(fcinfo, 0);
	if (AggCheckCallContext(fcinfo, NULL))
		return likert;
	return LikertCopy(likert, (likert->flags & TALLY_WEIGHTED) != 0);
}

/* Return the state of a moving window */
static LikertSummary *
LikertMovingState(FunctionCallInfo fcinfo)
{
	CheckMovingContext(fcinfo);
	return LikertGetArg(fcinfo, 0);
}

/* Tell whether nobody answered */
static bool
LikertIsEmpty(const LikertSummary *likert)
{
	Tally tally = LikertTally(likert);

	return TallyIsEmpty(&tally);
}

/* Order two scales; that of no points comes first */
static int
LikertCompareScale(const LikertSummary *a, const LikertSummary *b)
{
	if (LikertPoints(a) != LikertPoints(b))
		return LikertPoints(a) - LikertPoints(b);
	return (int) a->low - b->low;
}

/* Check that two summaries have the same scale */
void
LikertCheckAlike(const LikertSummary *a, const LikertSummary *b)
{
	if (LikertCompareScale(a, b) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("answers on different scales do not mix"),
				 errdetail("One scale goes from %d to %d, the other from %d to %d.", a->low,
						   a->high, b->low, b->high)));
}

/* Return the text form */
char *
LikertToText(const LikertSummary *likert)
{
	Tally tally = LikertTally(likert);
	StringInfoData out;

	initStringInfo(&out);
	if (tally.classes == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfo(&out, "{\"low\": %d, \"high\": %d, \"counts\": [", likert->low, likert->high);
	for (int i = 0; i < tally.classes; i++)
		appendStringInfo(&out, "%s%lld", (i > 0) ? ", " : "", (long long) tally.count[i]);
	appendStringInfoChar(&out, ']');
	TallyWeightsOut(&out, &tally);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Read the text form */
Datum
likert_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	LikertSummary *likert;
	Tally tally;
	JsonObject object;
	int64 low, high;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), LIKERT_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(LikertCreate(0, 0, false));
	if (!JsonInt64(&object, "low", LIKERT_TYPE, &low, escontext) ||
		!JsonInt64(&object, "high", LIKERT_TYPE, &high, escontext) ||
		!CheckScale(low, high, escontext))
		PG_RETURN_NULL();
	likert = LikertCreate(low, high, true);
	tally = LikertTally(likert);
	if (!JsonInt64Array(&object, "counts", LIKERT_TYPE, tally.classes, tally.count, escontext) ||
		!TallyWeightsIn(&tally, &object, LIKERT_TYPE, escontext) ||
		!CheckJsonUsed(&object, LIKERT_TYPE, escontext) || !CheckTally(&tally, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(LikertCanonical(likert));
}

/* Write the text form */
Datum
likert_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(LikertToText(LikertGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
likert_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	LikertSummary *likert;
	Tally tally;
	int flags, low, high;

	CheckMessageVersion(in, LIKERT_VERSION, LIKERT_TYPE);
	flags = GetMessageFlags(in, TALLY_WEIGHTED, LIKERT_TYPE);
	low = (int16) pq_getmsgint(in, sizeof(int16));
	high = (int16) pq_getmsgint(in, sizeof(int16));
	if (low != 0 || high != 0)
		CheckScale(low, high, NULL);
	likert = LikertCreate(low, high, flags == TALLY_WEIGHTED);
	tally = LikertTally(likert);
	TallyRecv(&tally, in, flags == TALLY_WEIGHTED, LIKERT_TYPE);
	CheckMessageEnd(in, LIKERT_TYPE);
	PG_RETURN_POINTER(likert);
}

/* Write the binary form */
Datum
likert_send(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);
	Tally tally = LikertTally(likert);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, LIKERT_VERSION);
	pq_sendbyte(&out, TallyIsWeighted(&tally) ? TALLY_WEIGHTED : 0);
	pq_sendint16(&out, likert->low);
	pq_sendint16(&out, likert->high);
	TallySend(&out, &tally);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Construct a summary from the counts of its points */
Datum
likert_from_counts(PG_FUNCTION_ARGS)
{
	int64 low = PG_GETARG_INT32(0);
	ArrayType *counts = PG_GETARG_ARRAYTYPE_P(1);
	int points = ArrayGetNItems(ARR_NDIM(counts), ARR_DIMS(counts));
	LikertSummary *likert;
	Tally tally;

	CheckOneDimension(counts, "counts", NULL);
	if (array_contains_nulls(counts))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("counts must not be null"),
				 errhint("Write 0 for a point that nobody chose.")));
	CheckScale(low, low + points - 1, NULL);
	likert = LikertCreate(low, low + points - 1, false);
	tally = LikertTally(likert);
	memcpy(tally.count, ARR_DATA_PTR(counts), points * sizeof(int64));
	CheckTally(&tally, NULL);
	PG_RETURN_POINTER(likert);
}

/*
 * Return the state with the scale of the arguments.
 *
 * The first answer brings the scale; what it returns then is a new value that
 * the executor copies to where states live.
 */
static LikertSummary *
LikertScaledState(FunctionCallInfo fcinfo)
{
	LikertSummary *likert = LikertState(fcinfo);
	int low = PG_GETARG_INT32(2);
	int high = PG_GETARG_INT32(3);

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("scale must not be null"),
				 errhint("Call likert(answer, low, high).")));
	if (low == likert->low && high == likert->high && low < high)
		return likert;

	CheckScale(low, high, NULL);
	if (!LikertIsEmpty(likert))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scale must not change within a group"),
				 errdetail("It went from %d to %d before, and goes from %d to %d now.", likert->low,
						   likert->high, low, high)));
	return LikertCreate(low, high, false);
}

/* Count one answer that is the first, or in a window, or by hand */
static pg_noinline Datum
LikertAccumApart(FunctionCallInfo fcinfo, int answer)
{
	LikertSummary *likert = LikertScaledState(fcinfo);

	CheckAnswer(answer, likert->low, likert->high);
	TallyAdd(&likert->data[answer - likert->low]);
	PG_RETURN_POINTER(likert);
}

/* Count one answer */
static inline Datum
LikertAccum(FunctionCallInfo fcinfo, int answer)
{
	LikertSummary *likert = (LikertSummary *) PG_GETARG_POINTER(0);
	int low = PG_GETARG_INT32(2);
	int high = PG_GETARG_INT32(3);

	if (unlikely(!InPlainAggregate(fcinfo) || VARATT_IS_EXTENDED(likert) ||
				 likert->version != LIKERT_VERSION || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
				 low != likert->low || high != likert->high || low >= high))
		return LikertAccumApart(fcinfo, answer);
	CheckAnswer(answer, low, high);
	TallyAdd(&likert->data[answer - low]);
	PG_RETURN_POINTER(likert);
}

/* Count one smallint answer */
Datum
likert_accum_int2(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	return LikertAccum(fcinfo, PG_GETARG_INT16(1));
}

/* Count one integer answer */
Datum
likert_accum_int4(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	return LikertAccum(fcinfo, PG_GETARG_INT32(1));
}

/* Count one answer of any other number type */
Datum
likert_accum_float8(PG_FUNCTION_ARGS)
{
	LikertSummary *likert;
	int answer;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	likert = LikertScaledState(fcinfo);
	answer = WholeAnswer(PG_GETARG_FLOAT8(1), likert->low, likert->high);
	TallyAdd(&likert->data[answer - likert->low]);
	PG_RETURN_POINTER(likert);
}

/* Count one weighted answer */
Datum
likert_accum_weighted(PG_FUNCTION_ARGS)
{
	LikertSummary *likert;
	Tally tally;
	int answer;
	int64 weight;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	likert = LikertScaledState(fcinfo);
	answer = WholeAnswer(PG_GETARG_FLOAT8(1), likert->low, likert->high);
	CheckWeightNotNull(PG_ARGISNULL(4));
	weight = WeightInMillionths(PG_GETARG_FLOAT8(4));
	if (weight == 0)
		return ReturnState(fcinfo);
	if (weight != WEIGHT_ONE && !(likert->flags & TALLY_WEIGHTED))
		likert = LikertCopy(likert, true);
	tally = LikertTally(likert);
	TallyAddWeighted(&tally, answer - likert->low, weight);
	PG_RETURN_POINTER(likert);
}

/* Take out one answer that leaves a moving window */
static Datum
LikertRemove(FunctionCallInfo fcinfo, float8 answer)
{
	LikertSummary *likert = LikertMovingState(fcinfo);

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(likert);
	if (LikertPoints(likert) == 0)
		AnswerNeverCounted();
	TallyRemove(&likert->data[WholeAnswer(answer, likert->low, likert->high) - likert->low]);
	PG_RETURN_POINTER(likert);
}

/* Take out one smallint answer */
Datum
likert_remove_int2(PG_FUNCTION_ARGS)
{
	return LikertRemove(fcinfo, PG_GETARG_INT16(1));
}

/* Take out one integer answer */
Datum
likert_remove_int4(PG_FUNCTION_ARGS)
{
	return LikertRemove(fcinfo, PG_GETARG_INT32(1));
}

/* Take out one answer of any other number type */
Datum
likert_remove_float8(PG_FUNCTION_ARGS)
{
	return LikertRemove(fcinfo, PG_GETARG_FLOAT8(1));
}

/* Take out one weighted answer that leaves a moving window */
Datum
likert_remove_weighted(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertMovingState(fcinfo);
	Tally tally = LikertTally(likert);
	int answer;
	int64 weight;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(likert);
	weight = WeightInMillionths(PG_GETARG_FLOAT8(4));
	if (weight == 0)
		PG_RETURN_POINTER(likert);
	if (tally.classes == 0 || (weight != WEIGHT_ONE && tally.excess == NULL))
		AnswerNeverCounted();
	answer = WholeAnswer(PG_GETARG_FLOAT8(1), likert->low, likert->high);
	TallyRemoveWeighted(&tally, answer - likert->low, weight);
	PG_RETURN_POINTER(likert);
}

/* Return what was counted, or NULL when that is nothing */
Datum
likert_final(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertGetArg(fcinfo, 0);

	if (LikertIsEmpty(likert))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(LikertCanonical(likert));
}

/*
 * Merge two summaries; as a transition function, in place where it has room.
 *
 * A summary of no answers goes with any scale.  Of two such the scale that
 * sorts last stays, so that it does not matter which are merged first.
 */
Datum
likert_merge(PG_FUNCTION_ARGS)
{
	LikertSummary *into;
	LikertSummary *from;
	Tally into_tally, from_tally;

	if (PG_ARGISNULL(0))
	{
		if (PG_ARGISNULL(1))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(LikertGetArg(fcinfo, 1));
	}
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(LikertGetArg(fcinfo, 0));
	into = LikertState(fcinfo);
	from = LikertGetArg(fcinfo, 1);
	if (LikertIsEmpty(into))
	{
		if (!LikertIsEmpty(from) || LikertCompareScale(from, into) > 0)
			PG_RETURN_POINTER(from);
		PG_RETURN_POINTER(into);
	}
	if (LikertIsEmpty(from))
		PG_RETURN_POINTER(into);

	LikertCheckAlike(into, from);
	if ((from->flags & TALLY_WEIGHTED) && !(into->flags & TALLY_WEIGHTED))
		into = LikertCopy(into, true);
	into_tally = LikertTally(into);
	from_tally = LikertTally(from);
	TallyMerge(&into_tally, &from_tally);
	PG_RETURN_POINTER(into);
}

/* Take the answers of one summary out of another in place */
static void
LikertSubtractFrom(LikertSummary *likert, const LikertSummary *part)
{
	Tally tally = LikertTally(likert);
	Tally part_tally = LikertTally(part);

	if (TallyIsEmpty(&part_tally))
		return;
	LikertCheckAlike(likert, part);
	TallySubtract(&tally, &part_tally);
}

/* Take a summary out of another that contains it */
Datum
likert_subtract(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertCopy(LikertGetArg(fcinfo, 0), true);

	LikertSubtractFrom(likert, LikertGetArg(fcinfo, 1));
	PG_RETURN_POINTER(LikertCanonical(likert));
}

/* Take out one summary that leaves a moving window; the next frame may have another scale */
Datum
likert_remove_summary(PG_FUNCTION_ARGS)
{
	LikertSummary *likert = LikertMovingState(fcinfo);
	LikertSummary *part = LikertGetArg(fcinfo, 1);

	if ((part->flags & TALLY_WEIGHTED) && !(likert->flags & TALLY_WEIGHTED))
		AnswerNeverCounted();
	LikertSubtractFrom(likert, part);
	if (LikertIsEmpty(likert))
		PG_RETURN_POINTER(LikertCreate(0, 0, false));
	PG_RETURN_POINTER(likert);
}

/* Order the two summary arguments, for sorting only */
static int
LikertCompareArgs(FunctionCallInfo fcinfo)
{
	const LikertSummary *a = LikertGetArg(fcinfo, 0);
	const LikertSummary *b = LikertGetArg(fcinfo, 1);
	Tally tally_a = LikertTally(a);
	Tally tally_b = LikertTally(b);

	int order = LikertCompareScale(a, b);

	return (order != 0) ? order : TallyCompare(&tally_a, &tally_b);
}

/* Read a summary argument in its canonical form */
static const LikertSummary *
LikertGetCanonicalArg(FunctionCallInfo fcinfo, int arg)
{
	return LikertCanonical(LikertGetArg(fcinfo, arg));
}

DEFINE_COMPARISONS(likert, LikertCompareArgs);
DEFINE_HASHES(likert, LikertSummary, LikertGetCanonicalArg, VARSIZE(value));
