/*
 * retention_journeys.c
 *		The aggregate retention() over journeys, which needs each actor in one value and no sort.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "journey.h"
#include "retention_plan.h"

/* arguments after the state; those of a group begin with the third */
#define ARG_JOURNEY 1
#define ARG_WORDS 2

/* in place of the length of a text that is missing */
#define NO_TEXT (-1)

/* the state of a group */
typedef struct JourneyRetention
{
	RetentionPlan *plan;
	Retention *retention;
	bool seen; /* whether there was an event */
} JourneyRetention;

PG_FUNCTION_INFO_V1(retention_journey_accum);
PG_FUNCTION_INFO_V1(retention_journey_combine);
PG_FUNCTION_INFO_V1(retention_journey_serialize);
PG_FUNCTION_INFO_V1(retention_journey_deserialize);
PG_FUNCTION_INFO_V1(retention_journey_final);

/* Tell whether events are told apart: then there are arguments for it */
static inline bool
HasEvents(FunctionCallInfo fcinfo)
{
	return PG_NARGS() > ARG_WORDS + 2;
}

/* Return the memory context of the aggregate */
static MemoryContext
AggContext(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

/* Begin a state in a memory context */
static JourneyRetention *
StateCreate(MemoryContext context, RetentionPlan *plan)
{
	JourneyRetention *state = MemoryContextAllocZero(context, sizeof(JourneyRetention));

	state->plan = plan;
	state->retention = RetentionCreate(context, &plan->terms, PG_INT64_MIN);
	return state;
}

/* Begin a group, or check that the arguments of a row are those of its group */
static pg_noinline JourneyRetention *
StateOfArgs(FunctionCallInfo fcinfo, RetentionCall *call, JourneyRetention *state)
{
	MemoryContext context = AggContext(fcinfo);
	RetentionWords words = RetentionGetWords(fcinfo, ARG_WORDS, HasEvents(fcinfo));

	if (state == NULL)
		return StateCreate(context, RetentionGetPlan(fcinfo, call, &words, context));
	CheckSameRetentionWords(&state->plan->words, &words);
	return state;
}

/* Return the code of the events of a name; -1 when there are none */
static int32
CodeOfWord(const Journey *journey, const text *word)
{
	JourneyName name = {VARSIZE_ANY_EXHDR(word), VARDATA_ANY(word)};

	return JourneyFindName(journey, name);
}

/* Add a period to those of an actor, in order, and return how many they are */
static inline int
AddPeriod(int32 *periods, int length, int32 period)
{
	int place = length;

	/* clocks put back over midnight may repeat the end of a day, so that this is a step or two */
	while (place > 0 && periods[place - 1] > period)
		place--;
	if (place > 0 && periods[place - 1] == period)
		return length;
	memmove(&periods[place + 1], &periods[place], (length - place) * sizeof(int32));
	periods[place] = period;
	return length + 1;
}

/*
 * Find the periods of the events from one on that have a code, or of all of them, none before
 * "cohort", and return how many they are: no more than show that they are too many.
 */
static int
FindPeriods(RetentionPlan *plan, const Journey *journey, int64 from, bool any, int32 code,
			int32 cohort)
{
	int64 events = journey->header.events;
	int length = 0;

	RetentionReservePeriods(plan, (int) Min(events - from, RETENTION_MAX_PERIODS + 1));
	for (int64 i = from; i < events && length <= RETENTION_MAX_PERIODS; i++)
	{
		int32 period;

		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		if (!any && JourneyCode(journey, i) != code)
			continue;
		period = CalendarPeriod(&plan->calendar, JourneyAt(journey, i));
		length = AddPeriod(plan->periods, length, Max(period, cohort));
	}
	return length;
}

/* Find the first event of a code; header.events where there is none */
static int64
FindFirst(const Journey *journey, int32 code)
{
	int64 events = journey->header.events;

	if (code < 0)
		return events;
	for (int64 i = 0; i < events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		if (JourneyCode(journey, i) == code)
			return i;
	}
	return events;
}

/* Count the actor of a journey by all of its events */
static void
CountPeriods(JourneyRetention *state, const Journey *journey)
{
	RetentionPlan *plan = state->plan;
	int length = FindPeriods(plan, journey, 0, true, 0, PG_INT32_MIN);

	RetentionAddActor(state->retention, plan->periods[0], plan->periods, length);
}

/* Count the actor of a journey by events told apart: its first one, and its returns from then on */
static void
CountReturns(JourneyRetention *state, const Journey *journey)
{
	RetentionPlan *plan = state->plan;
	int64 first = plan->any_first ? 0 : FindFirst(journey, CodeOfWord(journey, plan->words.first));
	int32 code = plan->any_again ? 0 : CodeOfWord(journey, plan->words.again);
	int32 cohort;
	int length = 0;

	if (first == journey->header.events)
		return;
	cohort = CalendarPeriod(&plan->calendar, JourneyAt(journey, first));
	if (code >= 0)
		length = FindPeriods(plan, journey, JourneyFirstFrom(journey, JourneyAt(journey, first)),
							 plan->any_again, code, cohort);
	RetentionAddActor(state->retention, cohort, plan->periods, length);
}

/* Count a journey; arguments are looked at only where they may differ */
Datum
retention_journey_accum(PG_FUNCTION_ARGS)
{
	JourneyRetention *state = PG_ARGISNULL(0) ? NULL : (JourneyRetention *) PG_GETARG_POINTER(0);
	RetentionCall *call = RetentionGetCall(fcinfo, ARG_WORDS);
	Journey journey;

	if (unlikely(state == NULL || !call->is_constant))
		state = StateOfArgs(fcinfo, call, state);
	if (PG_ARGISNULL(ARG_JOURNEY))
		PG_RETURN_POINTER(state);
	JourneyRead(&journey, JourneyGetArg(fcinfo, ARG_JOURNEY));
	if (journey.header.events == 0)
		PG_RETURN_POINTER(state);
	state->seen = true;
	RetentionSee(state->retention, journey.header.last);
	if (state->plan->terms.first != NULL)
		CountReturns(state, &journey);
	else
		CountPeriods(state, &journey);
	PG_RETURN_POINTER(state);
}

/* Merge the states of two workers */
Datum
retention_journey_combine(PG_FUNCTION_ARGS)
{
	JourneyRetention *state = PG_ARGISNULL(0) ? NULL : (JourneyRetention *) PG_GETARG_POINTER(0);
	MemoryContext context = AggContext(fcinfo);

	if (!PG_ARGISNULL(1))
	{
		const JourneyRetention *other = (JourneyRetention *) PG_GETARG_POINTER(1);
		const RetentionWords *words = &other->plan->words;
		RetentionSummary *summary = RetentionWrite(other->retention);

		if (state == NULL)
			state = StateCreate(context,
								RetentionGetPlan(fcinfo, RetentionGetCall(fcinfo, ARG_WORDS), words,
												 context));
		CheckSameRetentionWords(&state->plan->words, words);
		RetentionMerge(state->retention, summary);
		state->seen |= other->seen;
		pfree(summary);
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Write a text, which may be missing */
static void
SendWord(StringInfo out, const text *word)
{
	if (word == NULL)
	{
		pq_sendint32(out, NO_TEXT);
		return;
	}
	pq_sendint32(out, VARSIZE_ANY_EXHDR(word));
	pq_sendbytes(out, VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
}

/* Read a text, which may be missing */
static const text *
ReceiveWord(StringInfo in)
{
	int32 length = pq_getmsgint(in, sizeof(int32));

	return (length == NO_TEXT) ? NULL
							   : cstring_to_text_with_len(pq_getmsgbytes(in, length), length);
}

/* Turn a state into bytes: whether there was an event, the arguments, then a stored value */
Datum
retention_journey_serialize(PG_FUNCTION_ARGS)
{
	const JourneyRetention *state = (JourneyRetention *) PG_GETARG_POINTER(0);
	const RetentionWords *words = &state->plan->words;
	RetentionSummary *summary = RetentionWrite(state->retention);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendbyte(&out, state->seen);
	SendWord(&out, words->unit);
	SendWord(&out, words->zone);
	SendWord(&out, words->first);
	SendWord(&out, words->again);
	pq_sendbytes(&out, (const char *) summary, VARSIZE(summary));
	pfree(summary);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Turn the bytes back into a state */
Datum
retention_journey_deserialize(PG_FUNCTION_ARGS)
{
	bytea *bytes = PG_GETARG_BYTEA_PP(0);
	RetentionSummary *summary;
	JourneyRetention *state;
	RetentionWords words;
	StringInfoData in;
	bool seen;
	int size;

	initStringInfo(&in);
	appendBinaryStringInfo(&in, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	seen = pq_getmsgbyte(&in) != 0;
	words.unit = ReceiveWord(&in);
	words.zone = ReceiveWord(&in);
	words.first = ReceiveWord(&in);
	words.again = ReceiveWord(&in);
	state = StateCreate(CurrentMemoryContext,
						RetentionGetPlan(fcinfo, RetentionGetCall(fcinfo, ARG_WORDS), &words,
										 CurrentMemoryContext));
	state->seen = seen;
	/* the bytes in a place where numbers are aligned */
	size = in.len - in.cursor;
	summary = palloc(size);
	memcpy(summary, pq_getmsgbytes(&in, size), size);
	RetentionMerge(state->retention, summary);
	pfree(summary);
	pfree(in.data);
	PG_RETURN_POINTER(state);
}

/* Return when actors came first and came back, or NULL when nothing was seen */
Datum
retention_journey_final(PG_FUNCTION_ARGS)
{
	const JourneyRetention *state =
		PG_ARGISNULL(0) ? NULL : (JourneyRetention *) PG_GETARG_POINTER(0);

	if (state == NULL || !state->seen)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(RetentionWrite(state->retention));
}
