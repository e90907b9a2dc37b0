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
#include "retention_plan.h"

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
	return PG_NARGS() > ARG_FIRST + 1;
}

/* Return the first argument that is the same in all of a group */
static inline int
WordsArg(FunctionCallInfo fcinfo)
{
	return HasEvents(fcinfo) ? ARG_FIRST : ARG_EVENT;
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
	words = RetentionGetWords(fcinfo, WordsArg(fcinfo), HasEvents(fcinfo));
	if (group != NULL)
	{
		CheckSameRetentionWords(&group->plan->words, &words);
		return group;
	}
	group = MemoryContextAllocZero(context, sizeof(RetentionGroup));
	group->plan = RetentionGetPlan(fcinfo, call, &words, context);
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
	RetentionCall *call = RetentionGetCall(fcinfo, WordsArg(fcinfo));
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
	if (plan->any_first || RetentionTextsEqual(event, plan->words.first))
		ActorRowsAdd(&group->rows, fcinfo, PG_GETARG_DATUM(ARG_ACTOR), at, CODE_FIRST);
	if (plan->any_again || RetentionTextsEqual(event, plan->words.again))
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
	RetentionReservePeriods(plan, (int) Min(count, RETENTION_MAX_PERIODS + BLOCK_PERIODS + 1));
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
