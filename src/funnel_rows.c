/*
 * funnel_rows.c
 *		Aggregates over rows of events: funnel() of many actors, depth() and outcome() of one.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "actor_rows.h"
#include "funnel.h"
#include "funnel_plan.h"

/* the state of a group */
typedef struct FunnelGroup
{
	FunnelPlan *plan;
	FunnelOptions options;
	ActorRows rows;
} FunnelGroup;

/* where the arguments of a transition function are */
typedef struct FunnelArgs
{
	ActorKind kind;
	int actor; /* 0: there is only one */
	int at;
	int event;
	int steps;
	int as_of;
	int entered;
} FunnelArgs;

static const FunnelArgs bigint_args = {ACTOR_BIGINT, 1, 2, 3, 4, 5, 6};
static const FunnelArgs uuid_args = {ACTOR_UUID, 1, 2, 3, 4, 5, 6};
static const FunnelArgs text_args = {ACTOR_TEXT, 1, 2, 3, 4, 5, 6};
static const FunnelArgs single_args = {ACTOR_BIGINT, 0, 1, 2, 3, 4, 5};

PG_FUNCTION_INFO_V1(funnel_accum_bigint);
PG_FUNCTION_INFO_V1(funnel_accum_uuid);
PG_FUNCTION_INFO_V1(funnel_accum_text);
PG_FUNCTION_INFO_V1(funnel_final);
PG_FUNCTION_INFO_V1(depth_accum);
PG_FUNCTION_INFO_V1(depth_final);
PG_FUNCTION_INFO_V1(outcome_final);

/* Begin a group with the arguments of its first row */
static FunnelGroup *
GroupCreate(FunctionCallInfo fcinfo, FunnelCall *call, const FunnelArgs *args,
			const StepPattern *pattern, MemoryContext context)
{
	FunnelGroup *group = MemoryContextAllocZero(context, sizeof(FunnelGroup));

	group->plan = FunnelGetPlan(fcinfo, call, pattern, context);
	group->options = FunnelGetOptions(fcinfo, args->as_of, args->entered, pattern);
	ActorRowsBegin(&group->rows, context, args->kind);
	return group;
}

/* Return the group of a row that is its first, or that may have another pattern or options */
static pg_noinline FunnelGroup *
GroupOfRow(FunctionCallInfo fcinfo, FunnelCall *call, const FunnelArgs *args, FunnelGroup *group)
{
	const StepPattern *pattern = FunnelGetSteps(fcinfo, args->steps);
	FunnelOptions options;
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (group == NULL)
		return GroupCreate(fcinfo, call, args, pattern, context);
	options = FunnelGetOptions(fcinfo, args->as_of, args->entered, pattern);
	CheckSameSteps(group->plan->pattern, pattern);
	CheckSameOptions(&group->options, &options);
	return group;
}

/* Add the event of a row; the pattern is looked at only where it may differ */
static pg_attribute_always_inline Datum
FunnelAccum(FunctionCallInfo fcinfo, const FunnelArgs *args)
{
	FunnelGroup *group = PG_ARGISNULL(0) ? NULL : (FunnelGroup *) PG_GETARG_POINTER(0);
	FunnelCall *call = FunnelGetCall(fcinfo, args->steps);
	text *event;
	int64 at;
	int32 code;
	bool is_seen;

	if (unlikely(group == NULL || !call->is_constant))
		group = GroupOfRow(fcinfo, call, args, group);
	if ((args->actor > 0 && PG_ARGISNULL(args->actor)) || PG_ARGISNULL(args->at) ||
		PG_ARGISNULL(args->event))
		PG_RETURN_POINTER(group);
	at = CheckedTime(PG_GETARG_TIMESTAMPTZ(args->at), "time of an event");
	/* PG_GETARG_TEXT_PP() would call a function for every row, only to find that all is well */
	event = (text *) PG_GETARG_POINTER(args->event);
	if (unlikely(VARATT_IS_COMPRESSED(event) || VARATT_IS_EXTERNAL(event)))
		event = PG_GETARG_TEXT_PP(args->event);
	code = PatternCode(&group->plan->names, VARDATA_ANY(event), VARSIZE_ANY_EXHDR(event));
	is_seen = ((code != PATTERN_OTHER) | group->plan->needs_others) & (at <= group->options.as_of);
	if (args->kind == ACTOR_BIGINT)
		ActorRowsAddIf(&group->rows, fcinfo, is_seen,
					   (args->actor > 0) ? PG_GETARG_INT64(args->actor) : 0, at, code);
	else if (is_seen)
		ActorRowsAdd(&group->rows, fcinfo, PG_GETARG_DATUM(args->actor), at, code);
	PG_RETURN_POINTER(group);
}

/* Add an event of an actor that is a number */
Datum
funnel_accum_bigint(PG_FUNCTION_ARGS)
{
	return FunnelAccum(fcinfo, &bigint_args);
}

/* Add an event of an actor that is a uuid */
Datum
funnel_accum_uuid(PG_FUNCTION_ARGS)
{
	return FunnelAccum(fcinfo, &uuid_args);
}

/* Add an event of an actor that is a text */
Datum
funnel_accum_text(PG_FUNCTION_ARGS)
{
	return FunnelAccum(fcinfo, &text_args);
}

/* Add an event of the only actor */
Datum
depth_accum(PG_FUNCTION_ARGS)
{
	return FunnelAccum(fcinfo, &single_args);
}

/* what is counted while actors are visited */
typedef struct FunnelVisit
{
	FunnelGroup *group;
	Funnel funnel;
	Match match; /* of the last actor */
} FunnelVisit;

/* Match the events of an actor */
static void
MatchActor(const MatchEvent *events, int64 count, void *context)
{
	FunnelVisit *visit = context;
	const FunnelGroup *group = visit->group;

	MatchEvents(group->plan->matcher, events, count, group->options.entered_from,
				group->options.entered_until, &visit->match);
}

/* Count the chain of an actor */
static void
CountActor(const MatchEvent *events, int64 count, void *context)
{
	FunnelVisit *visit = context;

	MatchActor(events, count, context);
	if (visit->match.depth > 0)
		FunnelAddChain(&visit->funnel, &visit->match,
					   FunnelIsOpen(visit->group->plan, &visit->group->options, &visit->match));
}

/* Return how far the actors of a group came, or NULL when there were no rows */
Datum
funnel_final(PG_FUNCTION_ARGS)
{
	FunnelVisit visit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	visit.group = (FunnelGroup *) PG_GETARG_POINTER(0);
	FunnelBegin(&visit.funnel, visit.group->plan->pattern);
	ActorRowsVisit(&visit.group->rows, fcinfo, CountActor, &visit);
	PG_RETURN_POINTER(FunnelWrite(&visit.funnel));
}

/* Match the only actor of a group */
static void
MatchOnly(FunctionCallInfo fcinfo, FunnelVisit *visit)
{
	visit->group = (FunnelGroup *) PG_GETARG_POINTER(0);
	visit->match.depth = 0;
	ActorRowsVisit(&visit->group->rows, fcinfo, MatchActor, visit);
}

/* Return how far the only actor came */
Datum
depth_final(PG_FUNCTION_ARGS)
{
	FunnelVisit visit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	MatchOnly(fcinfo, &visit);
	PG_RETURN_INT32(visit.match.depth);
}

/* Return what became of the only actor, or NULL when it never began */
Datum
outcome_final(PG_FUNCTION_ARGS)
{
	FunnelVisit visit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	MatchOnly(fcinfo, &visit);
	if (visit.match.depth == 0)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(
		cstring_to_text(FunnelOutcome(visit.group->plan, &visit.group->options, &visit.match)));
}
