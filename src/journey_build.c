/*
 * journey_build.c
 *		What builds journeys: the aggregates journey() and rollup(), merging, arrays.
 *
 * A state keeps times and the numbers of names, which a dictionary of the
 * whole query gives them.  That holds not too many names, so that a query of
 * names without end does not grow beyond the memory of its aggregates: a group
 * with a name that finds no room there has a dictionary of its own, as has
 * every group where each call has short-lived information of its own, as when
 * a distributed engine calls.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "actor_names.h"
#include "journey.h"
#include "surface.h"

/* most names of a query and most bytes of one */
#define SHARED_NAMES 1024
#define SHARED_NAME_BYTES 1024

/* bytes of a state at first, enough for who is seen once, and when it grows for the first time */
#define FIRST_BYTES 64
#define SECOND_BYTES 256

/* names in the order of their bytes */
typedef struct JourneyRanks
{
	int32 count;
	int32 *rank;       /* by number: its place in the order */
	JourneyName *name; /* by place */
} JourneyRanks;

/* the names of a query, or of a group */
typedef struct JourneyNames
{
	ActorNames *numbers;
	bool shared;
	JourneyRanks ranks; /* of the first "count" names of those that are shared */
} JourneyNames;

/* an event, without a gap to the next one */
typedef struct StateEvent
{
	uint32 at[2]; /* bytes of its time */
	int32 number; /* of its name */
} StateEvent;

/* the state of a group */
typedef struct JourneyState
{
	JourneyNames *names;
	uint32 events;
	uint32 space;
	StateEvent event[FLEXIBLE_ARRAY_MEMBER];
} JourneyState;

#define STATE_HEADER offsetof(JourneyState, event)

StaticAssertDecl(sizeof(StateEvent) == sizeof(int64) + sizeof(int32),
				 "events of a state must lie close together");

PG_FUNCTION_INFO_V1(journey_accum);
PG_FUNCTION_INFO_V1(journey_combine);
PG_FUNCTION_INFO_V1(journey_serialize);
PG_FUNCTION_INFO_V1(journey_deserialize);
PG_FUNCTION_INFO_V1(journey_final);
PG_FUNCTION_INFO_V1(journey_rollup_accum);
PG_FUNCTION_INFO_V1(journey_merge);
PG_FUNCTION_INFO_V1(journey_from_arrays);

/* Return an empty dictionary */
static JourneyNames *
NamesCreate(MemoryContext context, bool shared)
{
	JourneyNames *names = MemoryContextAllocZero(context, sizeof(JourneyNames));

	names->numbers = ActorNamesCreate(context);
	names->shared = shared;
	return names;
}

/* Return the dictionary of the query, or a new one where there is none */
static JourneyNames *
GetNames(FunctionCallInfo fcinfo, MemoryContext context)
{
	if (fcinfo->flinfo->fn_mcxt == CurrentMemoryContext)
		return NamesCreate(context, false);
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = NamesCreate(fcinfo->flinfo->fn_mcxt, true);
	return fcinfo->flinfo->fn_extra;
}

/* Begin a group over a dictionary */
static JourneyState *
StateCreate(JourneyNames *names, MemoryContext context)
{
	JourneyState *state = MemoryContextAlloc(context, FIRST_BYTES);

	state->names = names;
	state->events = 0;
	state->space = (FIRST_BYTES - STATE_HEADER) / sizeof(StateEvent);
	return state;
}

/* Return the state of the first argument, a new one where there is none */
static JourneyState *
GetState(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!PG_ARGISNULL(0))
		return (JourneyState *) PG_GETARG_POINTER(0);
	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return StateCreate(GetNames(fcinfo, context), context);
}

/* Return a state with room for more events, which takes the place of one */
static pg_noinline JourneyState *
StateGrow(JourneyState *state, int64 more)
{
	Size size;

	CheckJourneyEvents((int64) state->events + more, NULL);
	/* allocations are of sizes that are powers of two */
	size = pg_nextpower2_64(STATE_HEADER + (state->events + more) * sizeof(StateEvent));
	size = Max(size, SECOND_BYTES);
	state = repalloc_huge(state, size);
	state->space = (size - STATE_HEADER) / sizeof(StateEvent);
	return state;
}

/* Append an event, for which there is room */
static inline void
StateAppend(JourneyState *state, int64 at, int32 number)
{
	StateEvent *event = &state->event[state->events++];

	memcpy(event->at, &at, sizeof(int64));
	event->number = number;
}

/* Give a group a dictionary of its own names */
static void
StateSeparate(JourneyState *state)
{
	JourneyNames *names = NamesCreate(GetMemoryChunkContext(state), false);

	for (uint32 i = 0; i < state->events; i++)
	{
		ActorName name = ActorNamesGet(state->names->numbers, state->event[i].number);

		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		state->event[i].number = (int32) ActorNamesFind(names->numbers, &name);
	}
	state->names = names;
}

/* Return the number of a name that the dictionary of a group does not have yet */
static pg_noinline int32
StateAddName(JourneyState *state, const ActorName *name)
{
	if (state->names->shared &&
		(name->length > SHARED_NAME_BYTES ||
		 ActorNamesCount(state->names->numbers) >= SHARED_NAMES))
		StateSeparate(state);
	if (!state->names->shared)
		CheckJourneyNames(ActorNamesCount(state->names->numbers) + 1, NULL);
	return (int32) ActorNamesFind(state->names->numbers, name);
}

/* Return the number of a name */
static inline int32
StateNumber(JourneyState *state, const ActorName *name)
{
	int32 number = (int32) ActorNamesSeek(state->names->numbers, name);

	return likely(number >= 0) ? number : StateAddName(state, name);
}

/* Add an event */
Datum
journey_accum(PG_FUNCTION_ARGS)
{
	JourneyState *state;
	TimestampTz at;
	text *event;
	ActorName name;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return ReturnState(fcinfo);
	state = GetState(fcinfo);
	at = PG_GETARG_TIMESTAMPTZ(1);
	CheckJourneyTime(at, NULL);
	event = PG_GETARG_TEXT_PP(2);
	name.length = VARSIZE_ANY_EXHDR(event);
	name.data = VARDATA_ANY(event);
	if (unlikely(state->events >= state->space))
		state = StateGrow(state, 1);
	StateAppend(state, at, StateNumber(state, &name));
	PG_RETURN_POINTER(state);
}

/* Return the state with the events of a journey added */
static JourneyState *
StateAddJourney(JourneyState *state, const Journey *journey)
{
	JourneyHeader header = journey->header;
	JourneyName *name = palloc(Max(header.names, 1) * sizeof(JourneyName));
	int32 *number = palloc(Max(header.names, 1) * sizeof(int32));

	JourneyReadNames(journey, name);
	/* a dictionary that is left for another has numbered names before, which are taken along */
	for (int i = 0; i < header.names; i++)
	{
		ActorName actor_name = {name[i].length, name[i].bytes};

		(void) StateNumber(state, &actor_name);
	}
	for (int i = 0; i < header.names; i++)
	{
		ActorName actor_name = {name[i].length, name[i].bytes};

		number[i] = StateNumber(state, &actor_name);
	}
	if (header.events > state->space - state->events)
		state = StateGrow(state, header.events);
	for (int64 i = 0; i < header.events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		StateAppend(state, JourneyAt(journey, i), number[JourneyCode(journey, i)]);
	}
	pfree(name);
	pfree(number);
	return state;
}

/* Order two names by their bytes, whose numbers are given, for qsort_arg */
static int
CompareNumbers(const void *a, const void *b, void *arg)
{
	const ActorNames *numbers = arg;
	ActorName name_a = ActorNamesGet(numbers, *(const int32 *) a);
	ActorName name_b = ActorNamesGet(numbers, *(const int32 *) b);

	return JourneyCompareNames((JourneyName){name_a.length, name_a.data},
							   (JourneyName){name_b.length, name_b.data});
}

/* Put the names of a dictionary in order, in the current memory context */
static JourneyRanks
RankNames(const ActorNames *numbers)
{
	JourneyRanks ranks;
	int32 *order;

	ranks.count = (int32) ActorNamesCount(numbers);
	ranks.rank = palloc(Max(ranks.count, 1) * sizeof(int32));
	ranks.name = palloc(Max(ranks.count, 1) * sizeof(JourneyName));
	order = palloc(Max(ranks.count, 1) * sizeof(int32));
	for (int32 i = 0; i < ranks.count; i++)
		order[i] = i;
	qsort_arg(order, ranks.count, sizeof(int32), CompareNumbers, unconstify(ActorNames *, numbers));
	for (int32 i = 0; i < ranks.count; i++)
	{
		ActorName name = ActorNamesGet(numbers, order[i]);

		ranks.rank[order[i]] = i;
		ranks.name[i].length = name.length;
		ranks.name[i].bytes = name.data;
	}
	pfree(order);
	return ranks;
}

/* Return the names of a dictionary in order; those of a shared one are kept */
static JourneyRanks
GetRanks(JourneyNames *names)
{
	MemoryContext old_context;

	if (!names->shared)
		return RankNames(names->numbers);
	if (names->ranks.count == ActorNamesCount(names->numbers))
		return names->ranks;
	if (names->ranks.count > 0)
	{
		pfree(names->ranks.rank);
		pfree(names->ranks.name);
	}
	old_context = MemoryContextSwitchTo(GetMemoryChunkContext(names));
	names->ranks = RankNames(names->numbers);
	MemoryContextSwitchTo(old_context);
	return names->ranks;
}

/* Return the journey of a group, which is not changed */
static struct varlena *
StateWrite(const JourneyState *state)
{
	JourneyEvent *event = JourneyAllocateEvents(state->events);
	JourneyRanks ranks = GetRanks(state->names);
	struct varlena *value;

	for (uint32 i = 0; i < state->events; i++)
	{
		JourneyPause(i);
		memcpy(&event[i].at, state->event[i].at, sizeof(int64));
		event[i].code = ranks.rank[state->event[i].number];
	}
	value = JourneyWriteOrdered(event, state->events, ranks.name, ranks.count);
	pfree(event);
	return value;
}

/* Return the journey of a group, or NULL when there were no events */
Datum
journey_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(StateWrite((JourneyState *) PG_GETARG_POINTER(0)));
}

/* Unite the states of two workers */
Datum
journey_combine(PG_FUNCTION_ARGS)
{
	JourneyState *state;
	struct varlena *value;
	Journey journey;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	state = GetState(fcinfo);
	value = StateWrite((JourneyState *) PG_GETARG_POINTER(1));
	JourneyRead(&journey, value);
	state = StateAddJourney(state, &journey);
	pfree(value);
	PG_RETURN_POINTER(state);
}

/* Turn a state into bytes, those of a stored value */
Datum
journey_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P((bytea *) StateWrite((JourneyState *) PG_GETARG_POINTER(0)));
}

/* Turn the bytes back into a state */
Datum
journey_deserialize(PG_FUNCTION_ARGS)
{
	MemoryContext context = CurrentMemoryContext;
	JourneyState *state = StateCreate(NamesCreate(context, false), context);
	Journey journey;

	JourneyReadChecked(&journey, PG_GETARG_BYTEA_PP(0));
	PG_RETURN_POINTER(StateAddJourney(state, &journey));
}

/* Unite one more journey */
Datum
journey_rollup_accum(PG_FUNCTION_ARGS)
{
	Journey journey;

	if (PG_ARGISNULL(1))
		return ReturnState(fcinfo);
	JourneyRead(&journey, JourneyGetArg(fcinfo, 1));
	PG_RETURN_POINTER(StateAddJourney(GetState(fcinfo), &journey));
}

/* Return all events of two journeys as one */
static struct varlena *
MergeJourneys(const Journey *a, const Journey *b)
{
	int64 events = (int64) a->header.events + b->header.events;
	int32 names = (int32) a->header.names + b->header.names;
	JourneyName *name = palloc(Max(names, 1) * sizeof(JourneyName));
	JourneyEvent *event;

	CheckJourneyEvents(events, NULL);
	event = JourneyReadEvents(a, b->header.events);
	JourneyReadNames(a, name);
	JourneyReadNames(b, name + a->header.names);
	for (int64 i = 0; i < b->header.events; i++)
	{
		JourneyEvent *into = &event[a->header.events + i];

		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		into->at = JourneyAt(b, i);
		into->code = a->header.names + JourneyCode(b, i);
	}
	return JourneyWrite(event, events, name, names);
}

/* Unite two journeys: every event of either, as often as both have it together */
Datum
journey_merge(PG_FUNCTION_ARGS)
{
	Journey a, b;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(PG_ARGISNULL(0) ? 1 : 0));
	JourneyRead(&a, JourneyGetArg(fcinfo, 0));
	JourneyRead(&b, JourneyGetArg(fcinfo, 1));
	PG_RETURN_POINTER(MergeJourneys(&a, &b));
}

/* Take an array of one dimension apart */
static int
ReadArray(ArrayType *array, Oid type, Datum **values, bool **nulls)
{
	int number;

	CheckOneDimension(array, (type == TEXTOID) ? "events" : "times", NULL);
	deconstruct_array(array, type, (type == TEXTOID) ? -1 : (int) sizeof(int64),
					  (type == TEXTOID) ? false : FLOAT8PASSBYVAL,
					  (type == TEXTOID) ? TYPALIGN_INT : TYPALIGN_DOUBLE, values, nulls, &number);
	return number;
}

/* Build a journey of times and the events that happened then */
Datum
journey_from_arrays(PG_FUNCTION_ARGS)
{
	Datum *times, *names;
	bool *time_nulls, *name_nulls;
	int number = ReadArray(PG_GETARG_ARRAYTYPE_P(0), TIMESTAMPTZOID, &times, &time_nulls);
	int others = ReadArray(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, &names, &name_nulls);
	JourneyState *state;

	if (number != others)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays of events must have the same length"),
				 errdetail("Their lengths are %d and %d.", number, others)));
	state = StateCreate(NamesCreate(CurrentMemoryContext, false), CurrentMemoryContext);
	for (int i = 0; i < number; i++)
	{
		TimestampTz at;
		text *event;
		ActorName name;

		if (time_nulls[i] || name_nulls[i])
			continue;
		at = DatumGetTimestampTz(times[i]);
		CheckJourneyTime(at, NULL);
		event = DatumGetTextPP(names[i]);
		name.length = VARSIZE_ANY_EXHDR(event);
		name.data = VARDATA_ANY(event);
		if (state->events >= state->space)
			state = StateGrow(state, 1);
		StateAppend(state, at, StateNumber(state, &name));
	}
	PG_RETURN_POINTER(StateWrite(state));
}
