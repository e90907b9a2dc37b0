/*
 * funnel_rows.c
 *		Aggregates over rows of events: funnel() of many actors, depth() and outcome() of one.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "actor_rows.h"
#include "funnel.h"
#include "pattern_compile.h"
#include "surface.h"

/* a time limit that a hint proposes */
#define EXAMPLE_DAYS 7

/* a pattern made ready; groups of an aggregate share it */
typedef struct FunnelPlan
{
	struct FunnelPlan *next; /* of the same query */
	StepPattern *pattern;
	CompiledNames names;
	bool needs_others;
	Matcher *matcher;
} FunnelPlan;

/* what stays the same over the calls of a query */
typedef struct FunnelCall
{
	bool is_constant;  /* so do the arguments after the event */
	FunnelPlan *plans; /* of the patterns seen so far */
} FunnelCall;

/* the arguments after the event */
typedef struct FunnelOptions
{
	bool has_as_of;
	int64 as_of;
	int64 entered_from;
	int64 entered_until;
} FunnelOptions;

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

/* Return what is known about the calls of a query */
static FunnelCall *
GetCall(FunctionCallInfo fcinfo, const FunnelArgs *args)
{
	FunnelCall *call = fcinfo->flinfo->fn_extra;

	if (call == NULL)
	{
		call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FunnelCall));
		call->is_constant = AggArgsAreConstant(fcinfo, args->steps);
		fcinfo->flinfo->fn_extra = call;
	}
	return call;
}

/* Make a pattern ready in the current memory context */
static FunnelPlan *
PlanCreate(const StepPattern *pattern)
{
	FunnelPlan *plan = palloc0(sizeof(FunnelPlan));
	MatchPattern match;

	plan->pattern = palloc(VARSIZE(pattern));
	memcpy(plan->pattern, pattern, VARSIZE(pattern));
	PatternCompile(plan->pattern, &match, &plan->names);
	plan->needs_others = PatternNeedsOthers(&match);
	plan->matcher = MatcherCreate(&match);
	return plan;
}

/*
 * Return the plan of a pattern, one that the query has made before if it did.
 *
 * It lives as long as the query; where each call has short-lived information
 * of its own, as when a distributed engine calls, as long as the aggregate.
 */
static FunnelPlan *
GetPlan(FunctionCallInfo fcinfo, FunnelCall *call, const StepPattern *pattern,
		MemoryContext context)
{
	bool is_shared = fcinfo->flinfo->fn_mcxt != CurrentMemoryContext;
	MemoryContext old_context;
	FunnelPlan *plan;

	for (plan = is_shared ? call->plans : NULL; plan != NULL; plan = plan->next)
	{
		if (PatternsEqual(plan->pattern, pattern))
			return plan;
	}
	old_context = MemoryContextSwitchTo(is_shared ? fcinfo->flinfo->fn_mcxt : context);
	plan = PlanCreate(pattern);
	MemoryContextSwitchTo(old_context);
	if (is_shared)
	{
		plan->next = call->plans;
		call->plans = plan;
	}
	return plan;
}

/* Read which entries count */
static void
GetEntered(FunctionCallInfo fcinfo, int arg, FunnelOptions *options)
{
	RangeType *range = PG_GETARG_RANGE_P(arg);
	TypeCacheEntry *type = lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO);
	RangeBound lower, upper;
	bool is_empty;

	range_deserialize(type, range, &lower, &upper, &is_empty);
	if (is_empty)
	{
		options->entered_from = options->entered_until = 0;
		return;
	}
	if (!lower.infinite)
	{
		options->entered_from = DatumGetTimestampTz(lower.val);
		if (!lower.inclusive && options->entered_from < PG_INT64_MAX)
			options->entered_from++;
	}
	if (!upper.infinite)
	{
		options->entered_until = DatumGetTimestampTz(upper.val);
		if (upper.inclusive && options->entered_until < PG_INT64_MAX)
			options->entered_until++;
	}
}

/* Write a pattern as it would be with a time limit */
static char *
LimitedText(const StepPattern *pattern)
{
	StepPattern *limited = palloc(VARSIZE(pattern));

	memcpy(limited, pattern, VARSIZE(pattern));
	limited->within = EXAMPLE_DAYS * USECS_PER_DAY;
	return PatternToText(limited);
}

/* Read the arguments after the pattern */
static FunnelOptions
GetOptions(FunctionCallInfo fcinfo, const FunnelArgs *args, const StepPattern *pattern)
{
	FunnelOptions options = {false, 0, PG_INT64_MIN, PG_INT64_MAX};

	if (PG_NARGS() > args->as_of)
	{
		if (PG_ARGISNULL(args->as_of))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("as_of must not be null"),
					 errhint("Leave it out to take every actor as closed.")));
		options.has_as_of = true;
		options.as_of = CheckedTime(PG_GETARG_TIMESTAMPTZ(args->as_of), "as_of");
		if (pattern->within == MATCH_NO_LIMIT)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("as_of needs a pattern with a time limit"),
					 errdetail("Without one no actor of \"%s\" is ever closed.",
							   PatternToText(pattern)),
					 errhint("Write \"%s\", or leave as_of out.", LimitedText(pattern))));
	}
	if (PG_NARGS() > args->entered && !PG_ARGISNULL(args->entered))
		GetEntered(fcinfo, args->entered, &options);
	return options;
}

/* Begin a group with the arguments of its first row */
static FunnelGroup *
GroupCreate(FunctionCallInfo fcinfo, FunnelCall *call, const FunnelArgs *args,
			const StepPattern *pattern, MemoryContext context)
{
	FunnelGroup *group = MemoryContextAllocZero(context, sizeof(FunnelGroup));

	group->plan = GetPlan(fcinfo, call, pattern, context);
	group->options = GetOptions(fcinfo, args, pattern);
	ActorRowsBegin(&group->rows, context, args->kind);
	return group;
}

/* Check that the arguments of a row are those of its group */
static void
CheckSameArgs(FunctionCallInfo fcinfo, const FunnelArgs *args, const FunnelGroup *group,
			  const StepPattern *pattern)
{
	FunnelOptions options;

	if (!PatternsEqual(group->plan->pattern, pattern))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("steps must not change within a group"),
				 errdetail("They were \"%s\" before, and are \"%s\" now.",
						   PatternToText(group->plan->pattern), PatternToText(pattern))));
	options = GetOptions(fcinfo, args, pattern);
	if (options.has_as_of != group->options.has_as_of || options.as_of != group->options.as_of)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("as_of must not change within a group")));
	if (options.entered_from != group->options.entered_from ||
		options.entered_until != group->options.entered_until)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("entered must not change within a group")));
}

/* Add the event of a row; the pattern is looked at only where it may differ */
static inline Datum
FunnelAccum(FunctionCallInfo fcinfo, const FunnelArgs *args)
{
	FunnelGroup *group = PG_ARGISNULL(0) ? NULL : (FunnelGroup *) PG_GETARG_POINTER(0);
	FunnelCall *call = GetCall(fcinfo, args);
	text *event;
	int64 at;
	int32 code;

	if (unlikely(group == NULL || !call->is_constant))
	{
		MemoryContext context;
		const StepPattern *pattern;

		if (!AggCheckCallContext(fcinfo, &context))
			elog(ERROR, "aggregate function called in non-aggregate context");
		if (PG_ARGISNULL(args->steps))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("steps must not be null")));
		pattern = PatternGetArg(fcinfo, args->steps);
		if (group == NULL)
			group = GroupCreate(fcinfo, call, args, pattern, context);
		else
			CheckSameArgs(fcinfo, args, group, pattern);
	}
	if ((args->actor > 0 && PG_ARGISNULL(args->actor)) || PG_ARGISNULL(args->at) ||
		PG_ARGISNULL(args->event))
		PG_RETURN_POINTER(group);
	event = PG_GETARG_TEXT_PP(args->event);
	code = PatternCode(&group->plan->names, VARDATA_ANY(event), VARSIZE_ANY_EXHDR(event));
	at = CheckedTime(PG_GETARG_TIMESTAMPTZ(args->at), "time of an event");
	if ((code == PATTERN_OTHER && !group->plan->needs_others) ||
		(group->options.has_as_of && at > group->options.as_of))
		PG_RETURN_POINTER(group);
	ActorRowsAdd(&group->rows, fcinfo,
				 (args->actor > 0) ? PG_GETARG_DATUM(args->actor) : Int64GetDatum(0), at, code);
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

/* Tell whether an actor may still finish, going by when it could begin and by nothing else */
static bool
IsOpen(const FunnelGroup *group, const Match *match)
{
	/* no event is after as_of; unsigned, as all of time takes more than 63 bits */
	return group->options.has_as_of &&
		(uint64) group->options.as_of - (uint64) match->first <
		(uint64) group->plan->pattern->within;
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
		FunnelAddChain(&visit->funnel, &visit->match, IsOpen(visit->group, &visit->match));
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
	const char *outcome;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	MatchOnly(fcinfo, &visit);
	if (visit.match.depth == 0)
		PG_RETURN_NULL();
	if (IsOpen(visit.group, &visit.match))
		outcome = "open";
	else if (visit.match.depth == visit.group->plan->pattern->steps)
		outcome = "completed";
	else
		outcome = "abandoned";
	PG_RETURN_TEXT_P(cstring_to_text(outcome));
}
