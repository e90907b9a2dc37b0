/*
 * funnel.c
 *		funnel_summary: the type, its forms, counting and merging.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/json.h"
#include "utils/memutils.h"

#include "funnel.h"
#include "surface.h"

#define FUNNEL_HEADER offsetof(FunnelSummary, count)

/* microseconds, in which events happen, in nanoseconds, in which durations are kept */
#define MICROSECOND 1000

StaticAssertDecl(offsetof(FunnelSummary, count) == MAXALIGN(offsetof(FunnelSummary, count)),
				 "the counts of funnel_summary must be aligned");

static const char *const count_names[] = {"reached", "ended", "open"};

PG_FUNCTION_INFO_V1(funnel_in);
PG_FUNCTION_INFO_V1(funnel_out);
PG_FUNCTION_INFO_V1(funnel_recv);
PG_FUNCTION_INFO_V1(funnel_send);
PG_FUNCTION_INFO_V1(funnel_merge);
PG_FUNCTION_INFO_V1(funnel_rollup_accum);
PG_FUNCTION_INFO_V1(funnel_rollup_combine);
PG_FUNCTION_INFO_V1(funnel_rollup_serialize);
PG_FUNCTION_INFO_V1(funnel_rollup_deserialize);
PG_FUNCTION_INFO_V1(funnel_rollup_final);

/* Read a summary argument; it must not be written to */
const FunnelSummary *
FunnelGetArg(FunctionCallInfo fcinfo, int arg)
{
	const FunnelSummary *summary = (const FunnelSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));

	CheckStoredVersion(summary->version, FUNNEL_VERSION, FUNNEL_TYPE);
	return summary;
}

/* Begin to count for a pattern, which must stay where it is; NULL for none yet */
void
FunnelBegin(Funnel *funnel, const StepPattern *pattern)
{
	memset(funnel, 0, sizeof(Funnel));
	funnel->context = CurrentMemoryContext;
	funnel->pattern = pattern;
	funnel->steps = (pattern != NULL) ? pattern->steps : 0;
}

/* Return the bytes of the counts of a funnel of so many steps */
static Size
CountsSize(int steps)
{
	return FUNNEL_COUNTS * steps * sizeof(int64);
}

/* Take a summary apart; what belongs to it stays in its place */
void
FunnelRead(Funnel *funnel, const FunnelSummary *summary)
{
	char *at = (char *) summary->count + CountsSize(summary->steps);

	FunnelBegin(funnel, NULL);
	if (summary->steps == 0)
		return;
	funnel->steps = summary->steps;
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
		memcpy(funnel->count[kind], &summary->count[kind * summary->steps],
			   summary->steps * sizeof(int64));
	funnel->pattern = (const StepPattern *) at;
	at += MAXALIGN(VARSIZE(at));
	for (int i = 0; i < funnel->steps; i++)
	{
		funnel->elapsed[i] = (TimingSummary *) at;
		at += MAXALIGN(VARSIZE(at));
	}
}

/* Return the stored form of the time at a place */
static TimingSummary *
PackedElapsed(const Funnel *funnel, int place)
{
	return (funnel->elapsed[place] == NULL) ? TimingCreate() : TimingPack(funnel->elapsed[place]);
}

/* Append a value, and zeros up to where the next one is aligned */
static char *
AppendValue(char *at, const void *value)
{
	memcpy(at, value, VARSIZE(value));
	return at + MAXALIGN(VARSIZE(value));
}

/* Return a funnel as a stored value */
FunnelSummary *
FunnelWrite(const Funnel *funnel)
{
	TimingSummary *elapsed[MATCH_MAX_STEPS];
	Size size = FUNNEL_HEADER + CountsSize(funnel->steps);
	FunnelSummary *summary;
	char *at;

	if (funnel->steps > 0)
		size += MAXALIGN(VARSIZE(funnel->pattern));
	for (int i = 0; i < funnel->steps; i++)
	{
		elapsed[i] = PackedElapsed(funnel, i);
		size += MAXALIGN(VARSIZE(elapsed[i]));
	}
	summary = palloc0(size);
	SET_VARSIZE(summary, size);
	summary->version = FUNNEL_VERSION;
	summary->steps = funnel->steps;
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
		memcpy(&summary->count[kind * funnel->steps], funnel->count[kind],
			   funnel->steps * sizeof(int64));
	at = (char *) summary->count + CountsSize(funnel->steps);
	if (funnel->steps > 0)
		at = AppendValue(at, funnel->pattern);
	for (int i = 0; i < funnel->steps; i++)
		at = AppendValue(at, elapsed[i]);
	return summary;
}

/* Count how long it took from one time to another */
static void
AddElapsed(Funnel *funnel, int place, int64 from, int64 until)
{
	/* unsigned, as all of time takes more than 63 bits */
	uint64 duration = (uint64) until - (uint64) from;

	if (duration > PG_INT64_MAX / MICROSECOND)
		DurationOutOfRange(psprintf("%llu microseconds", (unsigned long long) duration));
	TimingKeepAdd(&funnel->elapsed[place], funnel->context, TIMING_FINISHED,
				  (int64) duration * MICROSECOND);
}

/* Check that a count can grow by another */
static void
CheckRoom(int64 count, int64 more)
{
	if (count > TALLY_MAX_COUNT - more)
		AnswerCountOverflow();
}

/* Count the chain of an actor, which has reached a step */
void
FunnelAddChain(Funnel *funnel, const Match *match, bool is_open)
{
	int before = -1;

	CheckRoom(funnel->count[is_open ? FUNNEL_OPEN : FUNNEL_REACHED][0], 1);
	if (!is_open)
		funnel->count[FUNNEL_ENDED][match->depth - 1]++;
	for (int i = 0; i < match->depth; i++)
	{
		if (!(match->taken & ((uint32) 1 << i)))
			continue;
		funnel->count[is_open ? FUNNEL_OPEN : FUNNEL_REACHED][i]++;
		if (before >= 0 && !is_open)
			AddElapsed(funnel, i, match->at[before], match->at[i]);
		before = i;
	}
	if (match->depth == funnel->steps && !is_open)
		AddElapsed(funnel, FUNNEL_WHOLE, match->at[0], match->at[match->depth - 1]);
}

/* Check that two patterns are the same */
void
CheckPatternsAlike(const StepPattern *a, const StepPattern *b)
{
	if (!PatternsEqual(a, b))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("funnels of different steps do not mix"),
				 errdetail("One is of \"%s\", the other of \"%s\".", PatternToText(a),
						   PatternToText(b))));
}

/* Add a stored funnel of other actors */
void
FunnelMerge(Funnel *into, const FunnelSummary *summary)
{
	Funnel from;

	if (summary->steps == 0)
		return;
	FunnelRead(&from, summary);
	if (into->steps == 0)
	{
		StepPattern *pattern = MemoryContextAlloc(into->context, VARSIZE(from.pattern));

		memcpy(pattern, from.pattern, VARSIZE(from.pattern));
		into->pattern = pattern;
		into->steps = pattern->steps;
	}
	CheckPatternsAlike(into->pattern, from.pattern);
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
	{
		for (int i = 0; i < into->steps; i++)
		{
			CheckRoom(into->count[kind][i], from.count[kind][i]);
			into->count[kind][i] += from.count[kind][i];
		}
	}
	for (int i = 0; i < into->steps; i++)
		TimingKeepMerge(&into->elapsed[i], into->context, from.elapsed[i]);
}

/* Say what no actors can have done, or return NULL */
static const char *
FindFunnelProblem(const Funnel *funnel)
{
	int64 passed = 0;
	int last = funnel->steps - 1;

	for (int i = last; i >= 0; i--)
	{
		int64 reached = funnel->count[FUNNEL_REACHED][i];
		int64 ended = funnel->count[FUNNEL_ENDED][i];
		int64 open = funnel->count[FUNNEL_OPEN][i];

		if (reached < 0 || ended < 0 || open < 0)
			return "A count is negative.";
		if (reached > TALLY_MAX_COUNT || ended > reached || open > TALLY_MAX_COUNT)
			return "A count is too large.";
		passed += ended;
		if (funnel->pattern->step[i].optional ? reached > passed : reached != passed)
			return "The actors that reached a step are not those that ended there or later.";
		if (open > funnel->count[FUNNEL_OPEN][0])
			return "More open actors reached a step than the first one.";
		if (i > 0 && TimingFinishedCount(funnel->elapsed[i]) != reached)
			return "There is not one time for each actor that reached a step.";
	}
	/* open actors do not pass a step that must be taken */
	for (int i = 1, before = 0; i <= last; i++)
	{
		if (funnel->count[FUNNEL_OPEN][i] > funnel->count[FUNNEL_OPEN][before])
			return "More open actors reached a step than the one before.";
		if (!funnel->pattern->step[i].optional)
			before = i;
	}
	if (TimingFinishedCount(funnel->elapsed[FUNNEL_WHOLE]) != funnel->count[FUNNEL_REACHED][last])
		return "There is not one time for each actor that reached the last step.";
	return NULL;
}

/* Check what came from outside; false after a soft error */
static bool
CheckFunnel(const Funnel *funnel, Node *escontext)
{
	const char *problem = FindFunnelProblem(funnel);

	if (problem != NULL)
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("no actors have these counts"),
				 errdetail_internal("%s", problem)));
	return true;
}

/* Return the text form */
char *
FunnelToText(const FunnelSummary *summary)
{
	Funnel funnel;
	StringInfoData out;

	initStringInfo(&out);
	FunnelRead(&funnel, summary);
	if (funnel.steps == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	appendStringInfoString(&out, "{\"steps\": ");
	escape_json(&out, PatternToText(funnel.pattern));
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
	{
		appendStringInfo(&out, ", \"%s\": [", count_names[kind]);
		for (int i = 0; i < funnel.steps; i++)
			appendStringInfo(&out, "%s%lld", (i > 0) ? ", " : "",
							 (long long) funnel.count[kind][i]);
		appendStringInfoChar(&out, ']');
	}
	appendStringInfoString(&out, ", \"elapsed\": [");
	for (int i = 0; i < funnel.steps; i++)
	{
		appendStringInfoString(&out, (i > 0) ? ", " : "");
		escape_json(&out, TimingToText(funnel.elapsed[i]));
	}
	appendStringInfoString(&out, "]}");
	return out.data;
}

/* Read the text form */
Datum
funnel_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	Funnel funnel;
	JsonObject object;
	char *text;
	char *elapsed[MATCH_MAX_STEPS];

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), FUNNEL_TYPE, &object, escontext))
		PG_RETURN_NULL();
	FunnelBegin(&funnel, NULL);
	if (object.count == 0)
		PG_RETURN_POINTER(FunnelWrite(&funnel));
	if (!JsonString(&object, "steps", FUNNEL_TYPE, &text, escontext))
		PG_RETURN_NULL();
	funnel.pattern = PatternParse(text, escontext);
	if (funnel.pattern == NULL)
		PG_RETURN_NULL();
	funnel.steps = funnel.pattern->steps;
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
	{
		if (!JsonInt64Array(&object, count_names[kind], FUNNEL_TYPE, funnel.steps,
							funnel.count[kind], escontext))
			PG_RETURN_NULL();
	}
	if (!JsonStringArray(&object, "elapsed", FUNNEL_TYPE, funnel.steps, elapsed, escontext) ||
		!CheckJsonUsed(&object, FUNNEL_TYPE, escontext))
		PG_RETURN_NULL();
	for (int i = 0; i < funnel.steps; i++)
	{
		funnel.elapsed[i] = TimingFromText(elapsed[i], escontext);
		if (funnel.elapsed[i] == NULL)
			PG_RETURN_NULL();
	}
	if (!CheckFunnel(&funnel, escontext))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(FunnelWrite(&funnel));
}

/* Write the text form */
Datum
funnel_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(FunnelToText(FunnelGetArg(fcinfo, 0)));
}

/* Read the binary form */
Datum
funnel_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	Funnel funnel;
	StringInfoData part;

	CheckMessageVersion(in, FUNNEL_VERSION, FUNNEL_TYPE);
	(void) GetMessageFlags(in, 0, FUNNEL_TYPE);
	FunnelBegin(&funnel, NULL);
	funnel.steps = pq_getmsgbyte(in);
	if (funnel.steps == 0)
	{
		CheckMessageEnd(in, FUNNEL_TYPE);
		PG_RETURN_POINTER(FunnelWrite(&funnel));
	}
	GetMessagePart(in, &part, FUNNEL_TYPE);
	funnel.pattern = (const StepPattern *) DatumGetPointer(
		DirectFunctionCall1(pattern_recv, PointerGetDatum(&part)));
	if (funnel.pattern->steps != funnel.steps)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", FUNNEL_TYPE),
				 errdetail("The pattern has %d steps, and the counts are of %d.",
						   funnel.pattern->steps, funnel.steps)));
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
	{
		for (int i = 0; i < funnel.steps; i++)
			funnel.count[kind][i] = pq_getmsgint64(in);
	}
	for (int i = 0; i < funnel.steps; i++)
	{
		GetMessagePart(in, &part, FUNNEL_TYPE);
		funnel.elapsed[i] = (TimingSummary *) DatumGetPointer(
			DirectFunctionCall1(timing_recv, PointerGetDatum(&part)));
	}
	CheckMessageEnd(in, FUNNEL_TYPE);
	CheckFunnel(&funnel, NULL);
	PG_RETURN_POINTER(FunnelWrite(&funnel));
}

/* Write the binary form */
Datum
funnel_send(PG_FUNCTION_ARGS)
{
	Funnel funnel;
	StringInfoData out;

	FunnelRead(&funnel, FunnelGetArg(fcinfo, 0));
	pq_begintypsend(&out);
	pq_sendbyte(&out, FUNNEL_VERSION);
	pq_sendbyte(&out, 0);
	pq_sendbyte(&out, funnel.steps);
	if (funnel.steps > 0)
		SendMessagePart(&out,
						DatumGetByteaPP(
							DirectFunctionCall1(pattern_send, PointerGetDatum(funnel.pattern))));
	for (int kind = 0; kind < FUNNEL_COUNTS; kind++)
	{
		for (int i = 0; i < funnel.steps; i++)
			pq_sendint64(&out, funnel.count[kind][i]);
	}
	for (int i = 0; i < funnel.steps; i++)
		SendMessagePart(&out,
						DatumGetByteaPP(
							DirectFunctionCall1(timing_send, PointerGetDatum(funnel.elapsed[i]))));
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Merge two summaries of different actors */
Datum
funnel_merge(PG_FUNCTION_ARGS)
{
	Funnel funnel;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	FunnelBegin(&funnel, NULL);
	for (int i = 0; i < 2; i++)
	{
		if (!PG_ARGISNULL(i))
			FunnelMerge(&funnel, FunnelGetArg(fcinfo, i));
	}
	PG_RETURN_POINTER(FunnelWrite(&funnel));
}

/* Return the state of rollup(), a new one if there is none */
static Funnel *
RollupState(FunctionCallInfo fcinfo)
{
	MemoryContext context, old_context;
	Funnel *funnel;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (!PG_ARGISNULL(0))
		return (Funnel *) PG_GETARG_POINTER(0);
	old_context = MemoryContextSwitchTo(context);
	funnel = palloc(sizeof(Funnel));
	FunnelBegin(funnel, NULL);
	MemoryContextSwitchTo(old_context);
	return funnel;
}

/* Merge one more summary */
Datum
funnel_rollup_accum(PG_FUNCTION_ARGS)
{
	Funnel *funnel = RollupState(fcinfo);

	if (!PG_ARGISNULL(1))
		FunnelMerge(funnel, FunnelGetArg(fcinfo, 1));
	PG_RETURN_POINTER(funnel);
}

/* Merge the states of two workers */
Datum
funnel_rollup_combine(PG_FUNCTION_ARGS)
{
	Funnel *funnel = RollupState(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		FunnelSummary *summary = FunnelWrite((Funnel *) PG_GETARG_POINTER(1));

		FunnelMerge(funnel, summary);
		pfree(summary);
	}
	PG_RETURN_POINTER(funnel);
}

/* Turn a state into bytes, those of a stored value */
Datum
funnel_rollup_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P((bytea *) FunnelWrite((Funnel *) PG_GETARG_POINTER(0)));
}

/* Turn the bytes back into a state */
Datum
funnel_rollup_deserialize(PG_FUNCTION_ARGS)
{
	Funnel *funnel = palloc(sizeof(Funnel));
	FunnelSummary *summary = (FunnelSummary *) PG_GETARG_BYTEA_P_COPY(0);

	FunnelBegin(funnel, NULL);
	FunnelMerge(funnel, summary);
	PG_RETURN_POINTER(funnel);
}

/* Return what was merged, or NULL when that is nothing */
Datum
funnel_rollup_final(PG_FUNCTION_ARGS)
{
	Funnel *funnel;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	funnel = (Funnel *) PG_GETARG_POINTER(0);
	if (funnel->steps == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(FunnelWrite(funnel));
}

/* Order two summaries by their bytes, for sorting only */
static int
FunnelCompare(const FunnelSummary *a, const FunnelSummary *b)
{
	int order = memcmp(VARDATA(a), VARDATA(b), Min(VARSIZE(a), VARSIZE(b)) - VARHDRSZ);

	if (order == 0 && VARSIZE(a) != VARSIZE(b))
		order = (VARSIZE(a) < VARSIZE(b)) ? -1 : 1;
	return order;
}

DEFINE_COMPARE_ARGS(FunnelCompareArgs, FunnelSummary, FunnelGetArg, FunnelCompare);
DEFINE_COMPARISONS(funnel, FunnelCompareArgs);
DEFINE_HASHES(funnel, FunnelSummary, FunnelGetArg, VARSIZE(value));
