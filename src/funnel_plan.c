/*
 * funnel_plan.c
 *		What everything that matches a pattern keeps over the calls of a query, and its options.
 */
#include "postgres.h"

#include "nodes/primnodes.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "funnel_plan.h"

/* a time limit that a hint proposes */
#define EXAMPLE_DAYS 7

/* a function that is no aggregate keeps so many patterns; then it forgets them and starts anew */
#define MAX_PLANS 32

/* Begin to know something about the calls of a query */
FunnelCall *
FunnelCreateCall(FunctionCallInfo fcinfo, int steps)
{
	FunnelCall *call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FunnelCall));

	call->is_constant = AggArgsAreConstant(fcinfo, steps);
	fcinfo->flinfo->fn_extra = call;
	return call;
}

/* Make a pattern ready in a memory context */
static FunnelPlan *
PlanCreate(const StepPattern *pattern, MemoryContext context)
{
	MemoryContext old_context = MemoryContextSwitchTo(context);
	FunnelPlan *plan = palloc0(sizeof(FunnelPlan));

	plan->context = context;
	plan->pattern = palloc(VARSIZE(pattern));
	memcpy(plan->pattern, pattern, VARSIZE(pattern));
	PatternCompile(plan->pattern, &plan->match, &plan->names);
	plan->needs_others = PatternNeedsOthers(&plan->match);
	plan->matcher = MatcherCreate(&plan->match);
	MemoryContextSwitchTo(old_context);
	return plan;
}

/* Return the plan of a pattern if the query has made it before, or NULL */
static FunnelPlan *
FindPlan(const FunnelCall *call, const StepPattern *pattern)
{
	FunnelPlan *plan = call->plans;

	while (plan != NULL && !PatternsEqual(plan->pattern, pattern))
		plan = plan->next;
	return plan;
}

/*
 * Return the plan of a pattern, one that the query has made before if it did.
 *
 * It lives as long as the query; where each call has short-lived information
 * of its own, as when a distributed engine calls, as long as the aggregate.
 */
FunnelPlan *
FunnelGetPlan(FunctionCallInfo fcinfo, FunnelCall *call, const StepPattern *pattern,
			  MemoryContext context)
{
	bool is_shared = fcinfo->flinfo->fn_mcxt != CurrentMemoryContext;
	FunnelPlan *plan = is_shared ? FindPlan(call, pattern) : NULL;

	if (plan != NULL)
		return plan;
	plan = PlanCreate(pattern, is_shared ? fcinfo->flinfo->fn_mcxt : context);
	if (is_shared)
	{
		plan->next = call->plans;
		call->plans = plan;
	}
	return plan;
}

/*
 * Return the plan of a pattern argument of a function that is no aggregate.
 *
 * As a column may have as many patterns as rows, a few are kept.
 */
FunnelPlan *
FunnelPlanOfArg(FunctionCallInfo fcinfo, int steps)
{
	const StepPattern *pattern = PatternGetArg(fcinfo, steps);
	FunnelCall *call;
	FunnelPlan *plan;

	if (fcinfo->flinfo == NULL)
		return PlanCreate(pattern, CurrentMemoryContext);
	call = FunnelGetCall(fcinfo, steps);
	plan = FindPlan(call, pattern);
	if (plan != NULL)
		return plan;
	if (call->context == NULL)
		call->context =
			AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "cxux patterns", ALLOCSET_SMALL_SIZES);
	if (call->count >= MAX_PLANS)
	{
		call->plans = NULL;
		call->count = 0;
		MemoryContextReset(call->context);
	}
	plan = PlanCreate(pattern, call->context);
	plan->next = call->plans;
	call->plans = plan;
	call->count++;
	return plan;
}

/* Read the steps of an aggregate */
const StepPattern *
FunnelGetSteps(FunctionCallInfo fcinfo, int arg)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("steps must not be null")));
	return PatternGetArg(fcinfo, arg);
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

/* Read the arguments after the pattern, where there are any */
FunnelOptions
FunnelGetOptions(FunctionCallInfo fcinfo, int as_of, int entered, const StepPattern *pattern)
{
	FunnelOptions options = {FUNNEL_NO_AS_OF, PG_INT64_MIN, PG_INT64_MAX};

	if (PG_NARGS() > as_of)
	{
		if (PG_ARGISNULL(as_of))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("as_of must not be null"),
					 errhint("Leave it out to take every actor as closed.")));
		options.as_of = CheckedTime(PG_GETARG_TIMESTAMPTZ(as_of), "as_of");
		if (pattern->within == MATCH_NO_LIMIT)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("as_of needs a pattern with a time limit"),
					 errdetail("Without one no actor of \"%s\" is ever closed.",
							   PatternToText(pattern)),
					 errhint("Write \"%s\", or leave as_of out.", LimitedText(pattern))));
	}
	if (PG_NARGS() > entered && !PG_ARGISNULL(entered))
		GetEntered(fcinfo, entered, &options);
	return options;
}

/* Check that the steps of a row are those of its group */
void
CheckSameSteps(const StepPattern *before, const StepPattern *now)
{
	if (!PatternsEqual(before, now))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("steps must not change within a group"),
				 errdetail("They were \"%s\" before, and are \"%s\" now.", PatternToText(before),
						   PatternToText(now))));
}

/* Check that the options of a row are those of its group */
void
CheckSameOptions(const FunnelOptions *before, const FunnelOptions *now)
{
	if (now->as_of != before->as_of)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("as_of must not change within a group")));
	if (now->entered_from != before->entered_from || now->entered_until != before->entered_until)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("entered must not change within a group")));
}

/* Tell whether an actor may still finish, going by when it could begin and by nothing else */
bool
FunnelIsOpen(const FunnelPlan *plan, const FunnelOptions *options, const Match *match)
{
	/* no event is after as_of; unsigned, as all of time takes more than 63 bits */
	return options->as_of != FUNNEL_NO_AS_OF &&
		(uint64) options->as_of - (uint64) match->first < (uint64) plan->pattern->within;
}

/* Return what became of an actor that took the first step */
const char *
FunnelOutcome(const FunnelPlan *plan, const FunnelOptions *options, const Match *match)
{
	if (FunnelIsOpen(plan, options, match))
		return "open";
	return (match->depth == plan->pattern->steps) ? "completed" : "abandoned";
}
