/*
 * funnel_journeys.c
 *		The aggregate funnel() over journeys, which needs each actor in one value and no sort.
 */
#include "postgres.h"

#include "funnel.h"
#include "funnel_plan.h"
#include "journey_match.h"

/* bytes that the processor fetches at once, those of a row around a journey, the most that pay */
#define CACHE_LINE 64
#define ROW_BYTES (3 * CACHE_LINE)
#define PREFETCH_MAX_BYTES 512

/* places of the arguments of the transition function */
enum
{
	ARG_JOURNEY = 1,
	ARG_STEPS,
	ARG_AS_OF,
	ARG_ENTERED
};

/* the state of a group */
typedef struct JourneyFunnel
{
	FunnelPlan *plan; /* NULL while nothing but other states was added */
	FunnelOptions options;
	Funnel funnel;
} JourneyFunnel;

PG_FUNCTION_INFO_V1(funnel_journey_accum);
PG_FUNCTION_INFO_V1(funnel_journey_combine);
PG_FUNCTION_INFO_V1(funnel_journey_serialize);
PG_FUNCTION_INFO_V1(funnel_journey_deserialize);
PG_FUNCTION_INFO_V1(funnel_journey_final);

/* Begin a state in a memory context */
static JourneyFunnel *
StateCreate(MemoryContext context, const FunnelOptions *options)
{
	MemoryContext old_context = MemoryContextSwitchTo(context);
	JourneyFunnel *state = palloc0(sizeof(JourneyFunnel));

	FunnelBegin(&state->funnel, NULL);
	state->options = *options;
	MemoryContextSwitchTo(old_context);
	return state;
}

/* Read the arguments of a row, which are the first ones of its group or must be the same */
static JourneyFunnel *
StateOfArgs(FunctionCallInfo fcinfo, FunnelCall *call, JourneyFunnel *state)
{
	const StepPattern *pattern = FunnelGetSteps(fcinfo, ARG_STEPS);
	FunnelOptions options = FunnelGetOptions(fcinfo, ARG_AS_OF, ARG_ENTERED, pattern);
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (state == NULL)
		state = StateCreate(context, &options);
	if (state->funnel.pattern != NULL)
		CheckSameSteps(state->funnel.pattern, pattern);
	CheckSameOptions(&state->options, &options);
	if (state->plan == NULL)
	{
		state->plan = FunnelGetPlan(fcinfo, call, pattern, context);
		if (state->funnel.pattern == NULL)
		{
			state->funnel.pattern = state->plan->pattern;
			state->funnel.steps = state->plan->pattern->steps;
		}
	}
	return state;
}

/*
 * Fetch what may well be the journey of the next row.
 *
 * A table is read page by page from the first row of a page to the last, and a
 * page is filled from its end: the row to come lies before this one, and is
 * about as long.  Where it is elsewhere nothing is lost.
 */
static inline void
PrefetchNext(const struct varlena *value)
{
	Size bytes = Min(VARSIZE_ANY(value) + ROW_BYTES, PREFETCH_MAX_BYTES);

	for (Size back = CACHE_LINE; back <= bytes; back += CACHE_LINE)
		__builtin_prefetch((const void *) ((uintptr_t) value - back));
}

/* Count a journey; the pattern is looked at only where it may differ */
Datum
funnel_journey_accum(PG_FUNCTION_ARGS)
{
	JourneyFunnel *state = PG_ARGISNULL(0) ? NULL : (JourneyFunnel *) PG_GETARG_POINTER(0);
	FunnelCall *call = FunnelGetCall(fcinfo, ARG_STEPS);
	const struct varlena *value;
	Journey journey;
	Match match;

	if (unlikely(state == NULL || state->plan == NULL || !call->is_constant))
		state = StateOfArgs(fcinfo, call, state);
	if (PG_ARGISNULL(ARG_JOURNEY))
		PG_RETURN_POINTER(state);
	value = JourneyGetArg(fcinfo, ARG_JOURNEY);
	PrefetchNext(value);
	JourneyRead(&journey, value);
	JourneyMatch(state->plan, &journey, &state->options, &match);
	if (match.depth > 0)
		FunnelAddChain(&state->funnel, &match, FunnelIsOpen(state->plan, &state->options, &match));
	PG_RETURN_POINTER(state);
}

/* Add a state of other actors */
static void
StateMerge(JourneyFunnel *into, const FunnelOptions *options, const FunnelSummary *summary)
{
	Funnel from;

	FunnelRead(&from, summary);
	if (into->funnel.pattern != NULL && from.pattern != NULL)
		CheckSameSteps(into->funnel.pattern, from.pattern);
	CheckSameOptions(&into->options, options);
	FunnelMerge(&into->funnel, summary);
}

/* Merge the states of two workers */
Datum
funnel_journey_combine(PG_FUNCTION_ARGS)
{
	JourneyFunnel *state = PG_ARGISNULL(0) ? NULL : (JourneyFunnel *) PG_GETARG_POINTER(0);
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (!PG_ARGISNULL(1))
	{
		const JourneyFunnel *other = (JourneyFunnel *) PG_GETARG_POINTER(1);
		FunnelSummary *summary = FunnelWrite(&other->funnel);

		if (state == NULL)
			state = StateCreate(context, &other->options);
		StateMerge(state, &other->options, summary);
		pfree(summary);
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Turn a state into bytes: the options, then a stored value */
Datum
funnel_journey_serialize(PG_FUNCTION_ARGS)
{
	const JourneyFunnel *state = (JourneyFunnel *) PG_GETARG_POINTER(0);
	FunnelSummary *summary = FunnelWrite(&state->funnel);
	Size size = VARHDRSZ + sizeof(FunnelOptions) + VARSIZE(summary);
	bytea *result = palloc(size);

	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), &state->options, sizeof(FunnelOptions));
	memcpy(VARDATA(result) + sizeof(FunnelOptions), summary, VARSIZE(summary));
	PG_RETURN_BYTEA_P(result);
}

/* Turn the bytes back into a state */
Datum
funnel_journey_deserialize(PG_FUNCTION_ARGS)
{
	bytea *bytes = PG_GETARG_BYTEA_PP(0);
	Size size = VARSIZE_ANY_EXHDR(bytes) - sizeof(FunnelOptions);
	FunnelSummary *summary = palloc(size);
	FunnelOptions options;
	JourneyFunnel *state;

	memcpy(&options, VARDATA_ANY(bytes), sizeof(FunnelOptions));
	memcpy(summary, VARDATA_ANY(bytes) + sizeof(FunnelOptions), size);
	state = StateCreate(CurrentMemoryContext, &options);
	StateMerge(state, &options, summary);
	PG_RETURN_POINTER(state);
}

/* Return how far the actors of a group came, or NULL when there were no rows */
Datum
funnel_journey_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(FunnelWrite(&((JourneyFunnel *) PG_GETARG_POINTER(0))->funnel));
}
