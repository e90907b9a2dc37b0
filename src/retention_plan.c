/*
 * retention_plan.c
 *		Arguments of the aggregates retention(), made ready once for all rows of a query.
 */
#include "postgres.h"

#include "retention_plan.h"

/* room for periods of an actor at first */
#define FIRST_PERIODS 64

/* Begin the calls of a query */
RetentionCall *
RetentionBeginCalls(FunctionCallInfo fcinfo, int first_arg)
{
	RetentionCall *call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(RetentionCall));

	call->is_constant = AggArgsAreConstant(fcinfo, first_arg);
	fcinfo->flinfo->fn_extra = call;
	return call;
}

/* Read an argument that must be there; "what" names it */
static const text *
GetWord(FunctionCallInfo fcinfo, int arg, const char *what)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", what)));
	return PG_GETARG_TEXT_PP(arg);
}

/* Read the arguments of a group */
RetentionWords
RetentionGetWords(FunctionCallInfo fcinfo, int first_arg, bool has_events)
{
	int period = has_events ? first_arg + 2 : first_arg;
	RetentionWords words = {0};

	words.unit = GetWord(fcinfo, period, "period");
	if (PG_NARGS() > period + 1)
		words.zone = GetWord(fcinfo, period + 1, "timezone");
	if (has_events)
	{
		words.first = GetWord(fcinfo, first_arg, "first event");
		words.again = GetWord(fcinfo, first_arg + 1, "return event");
	}
	return words;
}

/* Copy a text, which may be missing */
static const text *
CopyText(const text *value)
{
	text *copy;

	if (value == NULL)
		return NULL;
	copy = palloc(VARSIZE_ANY(value));
	memcpy(copy, value, VARSIZE_ANY(value));
	return copy;
}

/* Return the name of an event, which must not be too long; "what" names the argument */
static const char *
EventName(const text *value, const char *what)
{
	if (value == NULL)
		return NULL;
	if (VARSIZE_ANY_EXHDR(value) > RETENTION_MAX_NAME)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("%s is too long", what),
				 errdetail("The name of an event has at most %d bytes.", RETENTION_MAX_NAME)));
	return text_to_cstring(value);
}

/* Make arguments ready in the current memory context */
static RetentionPlan *
PlanCreate(const RetentionWords *words)
{
	RetentionPlan *plan = palloc0(sizeof(RetentionPlan));

	plan->words.unit = CopyText(words->unit);
	plan->words.zone = CopyText(words->zone);
	plan->words.first = CopyText(words->first);
	plan->words.again = CopyText(words->again);
	plan->terms.unit =
		(CalendarUnit) FindChoice(text_to_cstring(words->unit), "period", retention_units)->value;
	plan->terms.zone = CheckedZone((words->zone != NULL) ? text_to_cstring(words->zone) : "UTC");
	plan->terms.first = EventName(words->first, "first event");
	plan->terms.again = EventName(words->again, "return event");
	plan->any_first = words->first != NULL && strcmp(plan->terms.first, RETENTION_ANY) == 0;
	plan->any_again = words->first != NULL && strcmp(plan->terms.again, RETENTION_ANY) == 0;
	CalendarBegin(&plan->calendar, plan->terms.unit, plan->terms.zone);
	plan->space = FIRST_PERIODS;
	plan->periods = palloc(plan->space * sizeof(int32));
	return plan;
}

/* Tell whether the arguments are those of a plan */
static bool
IsPlanOf(const RetentionPlan *plan, const RetentionWords *words)
{
	return RetentionTextsEqual(plan->words.unit, words->unit) &&
		RetentionTextsEqual(plan->words.zone, words->zone) &&
		RetentionTextsEqual(plan->words.first, words->first) &&
		RetentionTextsEqual(plan->words.again, words->again);
}

/*
 * Return the plan of arguments, one that the query has made before if it did.
 *
 * It lives as long as the query; where each call has short-lived information
 * of its own, as when a distributed engine calls, as long as the aggregate.
 */
RetentionPlan *
RetentionGetPlan(FunctionCallInfo fcinfo, RetentionCall *call, const RetentionWords *words,
				 MemoryContext context)
{
	bool is_shared = fcinfo->flinfo->fn_mcxt != CurrentMemoryContext;
	MemoryContext old_context;
	RetentionPlan *plan;

	for (plan = is_shared ? call->plans : NULL; plan != NULL; plan = plan->next)
	{
		if (IsPlanOf(plan, words))
			return plan;
	}
	old_context = MemoryContextSwitchTo(is_shared ? fcinfo->flinfo->fn_mcxt : context);
	plan = PlanCreate(words);
	MemoryContextSwitchTo(old_context);
	if (is_shared)
	{
		plan->next = call->plans;
		call->plans = plan;
	}
	return plan;
}

/* Check that an argument is that of its group; "what" names it */
static void
CheckSameWord(const text *before, const text *now, const char *what)
{
	if (!RetentionTextsEqual(before, now))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not change within a group", what),
				 errdetail("It was \"%s\" before, and is \"%s\" now.", text_to_cstring(before),
						   text_to_cstring(now))));
}

/* Check that arguments are those of their group */
void
CheckSameRetentionWords(const RetentionWords *before, const RetentionWords *now)
{
	CheckSameWord(before->first, now->first, "first event");
	CheckSameWord(before->again, now->again, "return event");
	CheckSameWord(before->unit, now->unit, "period");
	CheckSameWord(before->zone, now->zone, "timezone");
}

/* Make room for so many periods of an actor */
void
RetentionReservePeriods(RetentionPlan *plan, int count)
{
	if (count <= plan->space)
		return;
	plan->space = count;
	plan->periods = repalloc(plan->periods, plan->space * sizeof(int32));
}
