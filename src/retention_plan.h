/*
 * retention_plan.h
 *		Arguments of the aggregates retention(), made ready once for all rows of a query.
 */
#ifndef CXUX_RETENTION_PLAN_H
#define CXUX_RETENTION_PLAN_H

#include "postgres.h"

#include "fmgr.h"

#include "retention.h"

/* how a group's arguments are written */
typedef struct RetentionWords
{
	const text *unit;
	const text *zone; /* NULL: UTC */
	const text *first;
	const text *again;
} RetentionWords;

/* arguments made ready; groups of an aggregate share them */
typedef struct RetentionPlan
{
	struct RetentionPlan *next; /* of the same query */
	RetentionWords words;
	RetentionTerms terms;
	bool any_first;
	bool any_again;
	Calendar calendar;
	int32 *periods; /* work space for those of an actor */
	int space;
} RetentionPlan;

/* what stays the same over the calls of a query */
typedef struct RetentionCall
{
	bool is_constant;     /* so do the arguments but those that tell of events */
	RetentionPlan *plans; /* of the arguments seen so far */
} RetentionCall;

/* Begin the calls of a query; see RetentionGetCall() */
extern RetentionCall *RetentionBeginCalls(FunctionCallInfo fcinfo, int first_arg);

/* Read the arguments of a group from a place on: [first, return,] period [, time zone] */
extern RetentionWords RetentionGetWords(FunctionCallInfo fcinfo, int first_arg, bool has_events);

/* Return the plan of arguments, which lives as long as the query or the context */
extern RetentionPlan *RetentionGetPlan(FunctionCallInfo fcinfo, RetentionCall *call,
									   const RetentionWords *words, MemoryContext context);

/* Check that arguments are those of their group */
extern void CheckSameRetentionWords(const RetentionWords *before, const RetentionWords *now);

/* Make room for so many periods of an actor */
extern void RetentionReservePeriods(RetentionPlan *plan, int count);

/* Return what is known about the calls of a query; arguments of a group begin at a place */
static inline RetentionCall *
RetentionGetCall(FunctionCallInfo fcinfo, int first_arg)
{
	RetentionCall *call = fcinfo->flinfo->fn_extra;

	return likely(call != NULL) ? call : RetentionBeginCalls(fcinfo, first_arg);
}

/* Tell whether two texts, which may both be missing, have the same bytes */
static inline bool
RetentionTextsEqual(const text *a, const text *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

#endif /* CXUX_RETENTION_PLAN_H */
