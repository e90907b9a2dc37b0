/*
 * flow_journeys.c
 *		Aggregates over journeys: flows() and next_events().
 */
#include "postgres.h"

#include "flow.h"
#include "journey_match.h"
#include "surface.h"

/* places of the arguments of a transition function; there is one more or none */
#define ARG_JOURNEY 1
#define ARG_STEPS 2
#define ARG_LENGTH 3
#define ARG_AS_OF 3
#define NO_ARG FUNC_MAX_ARGS

PG_FUNCTION_INFO_V1(flow_accum_flows);
PG_FUNCTION_INFO_V1(flow_accum_next);

/* Read over how many places flows are followed */
static int
GetLength(FunctionCallInfo fcinfo, FlowKind kind)
{
	if (kind == FLOW_NEXT)
		return 1;
	if (PG_ARGISNULL(ARG_LENGTH))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("length must not be null")));
	CheckFlowLength(PG_GETARG_INT32(ARG_LENGTH), NULL);
	return PG_GETARG_INT32(ARG_LENGTH);
}

/* Begin a group, or check that the arguments of a row are those of its group */
static FlowState *
StateFor(FunctionCallInfo fcinfo, FlowKind kind, FunnelCall *call, FlowState *state)
{
	const StepPattern *pattern = FunnelGetSteps(fcinfo, ARG_STEPS);
	int length = GetLength(fcinfo, kind);
	FunnelOptions options =
		FunnelGetOptions(fcinfo, (kind == FLOW_NEXT) ? ARG_AS_OF : NO_ARG, NO_ARG, pattern);
	MemoryContext context, old_context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (state == NULL)
	{
		FunnelPlan *plan = FunnelGetPlan(fcinfo, call, pattern, context);

		CheckFlowSteps(kind, pattern, NULL);
		old_context = MemoryContextSwitchTo(context);
		state = palloc(sizeof(FlowState));
		FlowBegin(state, kind, plan->pattern, length);
		MemoryContextSwitchTo(old_context);
		state->plan = plan;
		state->options = options;
		return state;
	}
	CheckSameSteps(state->pattern, pattern);
	CheckSameOptions(&state->options, &options);
	if (state->length != length)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("length must not change within a group"),
				 errdetail("It was %d before, and is %d now.", state->length, length)));
	return state;
}

/* Return the code of an event of a journey */
static int
CodeOfEvent(FlowState *state, const Journey *journey, const JourneyName *names, int64 event)
{
	const JourneyName *name = &names[JourneyCode(journey, event)];
	FlowName found = {name->bytes, name->length};

	return FlowCode(state, found);
}

/* Count what an actor did after an instant, the first time from a step of the pattern */
static void
CountPath(FlowState *state, const Journey *journey, int64 at, int step)
{
	JourneyName *names = palloc(journey->header.names * sizeof(JourneyName));
	int64 event =
		(at >= journey->header.last) ? journey->header.events : JourneyFirstFrom(journey, at + 1);
	int source = FLOW_STEP;

	JourneyReadNames(journey, names);
	for (int place = 0; place < state->length; place++)
	{
		int target = FLOW_END;

		if (event < journey->header.events && JourneyAt(journey, event) <= state->options.as_of)
			target = CodeOfEvent(state, journey, names, event++);
		FlowCount(state, step + place, source, target, 1);
		if (target == FLOW_END)
			break;
		source = target;
	}
	pfree(names);
}

/* Add a journey; the pattern is looked at only where it may differ */
static inline Datum
FlowAccum(FunctionCallInfo fcinfo, FlowKind kind)
{
	FlowState *state = PG_ARGISNULL(0) ? NULL : (FlowState *) PG_GETARG_POINTER(0);
	FunnelCall *call = FunnelGetCall(fcinfo, ARG_STEPS);
	Journey journey;
	Match match;

	if (unlikely(state == NULL || !call->is_constant))
		state = StateFor(fcinfo, kind, call, state);
	if (PG_ARGISNULL(ARG_JOURNEY))
		PG_RETURN_POINTER(state);
	JourneyRead(&journey, JourneyGetArg(fcinfo, ARG_JOURNEY));
	JourneyMatch(state->plan, &journey, &state->options, &match);
	if (match.depth == 0)
		PG_RETURN_POINTER(state);
	if (kind == FLOW_FOLLOWED)
	{
		if (match.depth == state->pattern->steps)
			CountPath(state, &journey, match.at[match.depth - 1], 1);
	}
	else if (match.depth < state->pattern->steps &&
			 !FunnelIsOpen(state->plan, &state->options, &match))
		CountPath(state, &journey, match.at[match.depth - 1], match.depth);
	PG_RETURN_POINTER(state);
}

/* Count what followed the pattern */
Datum
flow_accum_flows(PG_FUNCTION_ARGS)
{
	return FlowAccum(fcinfo, FLOW_FOLLOWED);
}

/* Count what came next where the pattern was left */
Datum
flow_accum_next(PG_FUNCTION_ARGS)
{
	return FlowAccum(fcinfo, FLOW_NEXT);
}
