/*
 * retention_rows.c
 *		retention(): an aggregate over rows of events of many actors.
 *
 * Where all events count alike, what matters of an actor is in which periods it had one: a row
 * has 64 of them, as bits.  Else it is the first of its first events, and of those that may be
 * returns the last one in each period, by which one sees whether it came after.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"
#include "utils/date.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "actor_rows.h"
#include "retention.h"

/* periods in a row, and the power of two that is */
#define BLOCK_BITS 6
#define BLOCK_PERIODS (1 << BLOCK_BITS)

/* in place of a period: the first event that makes a cohort */
#define CODE_FIRST PG_INT32_MIN

/* arguments after the state */
#define ARG_ACTOR 1
#define ARG_AT 2
#define ARG_EVENT 3
#define ARG_FIRST 4
#define ARG_AGAIN 5

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
	bool is_constant;     /* so do the arguments but actor, time and event */
	RetentionPlan *plans; /* of the arguments seen so far */
} RetentionCall;

/* the state of a group */
typedef struct RetentionGroup
{
	RetentionPlan *plan;
	int64 latest; /* PG_INT64_MIN: nothing was seen */
	ActorRows rows;
} RetentionGroup;

PG_FUNCTION_INFO_V1(retention_accum_bigint);
PG_FUNCTION_INFO_V1(retention_accum_uuid);
PG_FUNCTION_INFO_V1(retention_accum_text);
PG_FUNCTION_INFO_V1(retention_accum_bigint_date);
PG_FUNCTION_INFO_V1(retention_accum_uuid_date);
PG_FUNCTION_INFO_V1(retention_accum_text_date);
PG_FUNCTION_INFO_V1(retention_final);

/* Tell whether events are told apart: then there are arguments for it */
static inline bool
HasEvents(FunctionCallInfo fcinfo)
{
	return PG_NARGS() > ARG_AGAIN + 1;
}

/* Return the place of the argument that is the period; a time zone may follow */
static inline int
PeriodArg(FunctionCallInfo fcinfo)
{
	return HasEvents(fcinfo) ? ARG_AGAIN + 1 : ARG_EVENT;
}

/* Return what is known about the calls of a query */
static RetentionCall *
GetCall(FunctionCallInfo fcinfo)
{
	RetentionCall *call = fcinfo->flinfo->fn_extra;

	if (call == NULL)
	{
		call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(RetentionCall));
		call->is_constant =
			AggArgsAreConstant(fcinfo, HasEvents(fcinfo) ? ARG_FIRST : PeriodArg(fcinfo));
		fcinfo->flinfo->fn_extra = call;
	}
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
static RetentionWords
GetWords(FunctionCallInfo fcinfo)
{
	int period = PeriodArg(fcinfo);
	RetentionWords words = {0};

	words.unit = GetWord(fcinfo, period, "period");
	if (PG_NARGS() > period + 1)
		words.zone = GetWord(fcinfo, period + 1, "timezone");
	if (HasEvents(fcinfo))
	{
		words.first = GetWord(fcinfo, ARG_FIRST, "first event");
		words.again = GetWord(fcinfo, ARG_AGAIN, "return event");
	}
	return words;
}

/* Tell whether two texts, which may both be missing, have the same bytes */
static inline bool
TextsEqual(const text *a, const text *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
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
	plan->space = BLOCK_PERIODS;
	plan->periods = palloc(plan->space * sizeof(int32));
	return plan;
}

/* Tell whether the arguments are those of a plan */
static bool
IsPlanOf(const RetentionPlan *plan, const RetentionWords *words)
{
	return TextsEqual(plan->words.unit, words->unit) && TextsEqual(plan->words.zone, words->zone) &&
		TextsEqual(plan->words.first, words->first) && TextsEqual(plan->words.again, words->again);
}

/*
 * Return the plan of arguments, one that the query has made before if it did.
 *
 * It lives as long as the query; where each call has short-lived information
 * of its own, as when a distributed engine calls, as long as the aggregate.
 */
static RetentionPlan *
GetPlan(FunctionCallInfo fcinfo, RetentionCall *call, const RetentionWords *words,
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
	if (!TextsEqual(before, now))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not change within a group", what),
				 errdetail("It was \"%s\" before, and is \"%s\" now.", text_to_cstring(before),
						   text_to_cstring(now))));
}

/* Check that the arguments of a row are those of its group */
static void
CheckSameWords(const RetentionWords *before, const RetentionWords *now)
{
	CheckSameWord(before->first, now->first, "first event");
	CheckSameWord(before->again, now->again, "return event");
	CheckSameWord(before->unit, now->unit, "period");
	CheckSameWord(before->zone, now->zone, "timezone");
}

/* Combine periods of an actor: bits of a block of them */
static int64
CombineBits(int32 code pg_attribute_unused(), int64 bits, int64 other)
{
	return bits | other;
}

/* Combine times of an actor: the earliest that makes a cohort, the latest return of a period */
static int64
CombineTimes(int32 code, int64 at, int64 other)
{
	return (code == CODE_FIRST) ? Min(at, other) : Max(at, other);
}

/* Return the state of a group; arguments are looked at only where they may differ */
static pg_noinline RetentionGroup *
GetGroup(FunctionCallInfo fcinfo, RetentionCall *call, ActorKind kind)
{
	RetentionGroup *group = PG_ARGISNULL(0) ? NULL : (RetentionGroup *) PG_GETARG_POINTER(0);
	RetentionWords words;
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	words = GetWords(fcinfo);
	if (group != NULL)
	{
		CheckSameWords(&group->plan->words, &words);
		return group;
	}
	group = MemoryContextAllocZero(context, sizeof(RetentionGroup));
	group->plan = GetPlan(fcinfo, call, &words, context);
	group->latest = PG_INT64_MIN;
	ActorRowsBeginCombined(&group->rows, context, kind,
						   HasEvents(fcinfo) ? CombineTimes : CombineBits);
	return group;
}

/* Return a date as the instant at which it begins in UTC */
static int64
DateInstant(DateADT date)
{
	if (DATE_NOT_FINITE(date))
		return CheckedTime(DATE_IS_NOBEGIN(date) ? DT_NOBEGIN : DT_NOEND, "time of an event");
	if (date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range for timestamp")));
	return (int64) date * USECS_PER_DAY;
}

/* Add the event of a row */
static inline Datum
RetentionAccum(FunctionCallInfo fcinfo, ActorKind kind, bool is_date)
{
	RetentionGroup *group = PG_ARGISNULL(0) ? NULL : (RetentionGroup *) PG_GETARG_POINTER(0);
	RetentionCall *call = GetCall(fcinfo);
	RetentionPlan *plan;
	const text *event;
	int32 period;
	int64 at;

	if (unlikely(group == NULL || !call->is_constant))
		group = GetGroup(fcinfo, call, kind);
	if (PG_ARGISNULL(ARG_ACTOR) || PG_ARGISNULL(ARG_AT))
		PG_RETURN_POINTER(group);
	at = is_date ? DateInstant(PG_GETARG_DATEADT(ARG_AT))
				 : CheckedTime(PG_GETARG_TIMESTAMPTZ(ARG_AT), "time of an event");
	plan = group->plan;
	if (!HasEvents(fcinfo))
	{
		group->latest = Max(group->latest, at);
		period = CalendarPeriod(&plan->calendar, at);
		ActorRowsAdd(&group->rows, fcinfo, PG_GETARG_DATUM(ARG_ACTOR),
					 (int64) (UINT64CONST(1) << (period & (BLOCK_PERIODS - 1))),
					 period >> BLOCK_BITS);
		PG_RETURN_POINTER(group);
	}
	if (PG_ARGISNULL(ARG_EVENT))
		PG_RETURN_POINTER(group);
	group->latest = Max(group->latest, at);
	event = PG_GETARG_TEXT_PP(ARG_EVENT);
	if (plan->any_first || TextsEqual(event, plan->words.first))
		ActorRowsAdd(&group->rows, fcinfo, PG_GETARG_DATUM(ARG_ACTOR), at, CODE_FIRST);
	if (plan->any_again || TextsEqual(event, plan->words.again))
		ActorRowsAdd(&group->rows, fcinfo, PG_GETARG_DATUM(ARG_ACTOR), at,
					 CalendarPeriod(&plan->calendar, at));
	PG_RETURN_POINTER(group);
}

/* Add an event of an actor that is a number */
Datum
retention_accum_bigint(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_BIGINT, false);
}

/* Add an event of an actor that is a uuid */
Datum
retention_accum_uuid(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_UUID, false);
}

/* Add an event of an actor that is a text */
Datum
retention_accum_text(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_TEXT, false);
}

/* Add an event of an actor that is a number, on a date */
Datum
retention_accum_bigint_date(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_BIGINT, true);
}

/* Add an event of an actor that is a uuid, on a date */
Datum
retention_accum_uuid_date(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_UUID, true);
}

/* Add an event of an actor that is a text, on a date */
Datum
retention_accum_text_date(PG_FUNCTION_ARGS)
{
	return RetentionAccum(fcinfo, ACTOR_TEXT, true);
}

/* what is counted while actors are visited */
typedef struct RetentionVisit
{
	RetentionPlan *plan;
	Retention *retention;
} RetentionVisit;

/* Make room for so many periods of an actor */
static void
ReservePeriods(RetentionPlan *plan, int64 count)
{
	/* with more of them it is too many from the first to the last one, too */
	count = Min(count, (int64) RETENTION_MAX_PERIODS + BLOCK_PERIODS + 1);
	if (count <= plan->space)
		return;
	plan->space = (int) count;
	plan->periods = repalloc(plan->periods, plan->space * sizeof(int32));
}

/* Count an actor by all of its events: blocks of periods, in order */
static void
CountPeriods(const MatchEvent *blocks, int64 count, void *context)
{
	RetentionVisit *visit = context;
	RetentionPlan *plan = visit->plan;
	int length = 0;

	ReservePeriods(plan, count * BLOCK_PERIODS);
	for (int64 i = 0; i < count && length <= RETENTION_MAX_PERIODS; i++)
	{
		for (uint64 bits = (uint64) blocks[i].at; bits != 0; bits &= bits - 1)
			plan->periods[length++] = blocks[i].code * BLOCK_PERIODS + pg_rightmost_one_pos64(bits);
	}
	RetentionAddActor(visit->retention, plan->periods[0], plan->periods, length);
}

/* Count an actor by events told apart: its first one, and the last return of each period */
static void
CountReturns(const MatchEvent *events, int64 count, void *context)
{
	RetentionVisit *visit = context;
	RetentionPlan *plan = visit->plan;
	int64 first = events[0].at;
	int32 cohort;
	int length = 0;

	if (events[0].code != CODE_FIRST)
		return;
	cohort = CalendarPeriod(&plan->calendar, first);
	ReservePeriods(plan, count);
	for (int64 i = 1; i < count && length <= RETENTION_MAX_PERIODS; i++)
	{
		int32 period = events[i].code;

		/* clocks put back over midnight may repeat the end of a day */
		period = Max(period, cohort);
		if (events[i].at >= first && (length == 0 || plan->periods[length - 1] < period))
			plan->periods[length++] = period;
	}
	RetentionAddActor(visit->retention, cohort, plan->periods, length);
}

/* Return when actors came first and came back, or NULL when nothing was seen */
Datum
retention_final(PG_FUNCTION_ARGS)
{
	RetentionGroup *group;
	RetentionVisit visit;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	group = (RetentionGroup *) PG_GETARG_POINTER(0);
	if (group->latest == PG_INT64_MIN)
		PG_RETURN_NULL();
	visit.plan = group->plan;
	visit.retention = RetentionCreate(CurrentMemoryContext, &group->plan->terms, group->latest);
	ActorRowsVisit(&group->rows, fcinfo,
				   (group->plan->terms.first != NULL) ? CountReturns : CountPeriods, &visit);
	PG_RETURN_POINTER(RetentionWrite(visit.retention));
}
