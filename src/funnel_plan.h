/*
 * funnel_plan.h
 *		What everything that matches a pattern keeps over the calls of a query, and its options.
 */
#ifndef CXUX_FUNNEL_PLAN_H
#define CXUX_FUNNEL_PLAN_H

#include "postgres.h"

#include "fmgr.h"

#include "match.h"
#include "pattern.h"
#include "pattern_compile.h"
#include "surface.h"

struct JourneyCodes;

/* a pattern made ready; groups of an aggregate share it */
typedef struct FunnelPlan
{
	struct FunnelPlan *next; /* of the same query */
	MemoryContext context;   /* of all that belongs to it */
	StepPattern *pattern;
	CompiledNames names;
	MatchPattern match;
	bool needs_others;
	Matcher *matcher;
	struct JourneyCodes *journeys; /* how it reads them; NULL until it does */
} FunnelPlan;

/* what stays the same over the calls of a query */
typedef struct FunnelCall
{
	bool is_constant;  /* so do the steps and all arguments after them, as far as is known */
	FunnelPlan *plans; /* of the patterns seen so far */
	int count;
	MemoryContext context; /* of the plans, where they can be forgotten */
} FunnelCall;

/* "as_of" where none is given: later than any time that can be */
#define FUNNEL_NO_AS_OF PG_INT64_MAX

/* the arguments after the steps; without gaps, as its bytes go from worker to leader */
typedef struct FunnelOptions
{
	int64 as_of; /* later events do not count; or FUNNEL_NO_AS_OF */
	int64 entered_from;
	int64 entered_until;
} FunnelOptions;

extern FunnelCall *FunnelCreateCall(FunctionCallInfo fcinfo, int steps);
extern FunnelPlan *FunnelGetPlan(FunctionCallInfo fcinfo, FunnelCall *call,
								 const StepPattern *pattern, MemoryContext context);
extern FunnelPlan *FunnelPlanOfArg(FunctionCallInfo fcinfo, int steps);
extern const StepPattern *FunnelGetSteps(FunctionCallInfo fcinfo, int arg);
extern FunnelOptions FunnelGetOptions(FunctionCallInfo fcinfo, int as_of, int entered,
									  const StepPattern *pattern);
extern void CheckSameSteps(const StepPattern *before, const StepPattern *now);
extern void CheckSameOptions(const FunnelOptions *before, const FunnelOptions *now);
extern bool FunnelIsOpen(const FunnelPlan *plan, const FunnelOptions *options, const Match *match);
extern const char *FunnelOutcome(const FunnelPlan *plan, const FunnelOptions *options,
								 const Match *match);

/* Return what is known about the calls of a query; once per row */
static inline FunnelCall *
FunnelGetCall(FunctionCallInfo fcinfo, int steps)
{
	FunnelCall *call = fcinfo->flinfo->fn_extra;

	return likely(call != NULL) ? call : FunnelCreateCall(fcinfo, steps);
}

#endif /* CXUX_FUNNEL_PLAN_H */
