/*
 * journey_ask.c
 *		What a journey is asked: its events, when they happened, parts of it, its sessions.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/timestamp.h"
#include "windowapi.h"

#include "journey.h"
#include "surface.h"

/* rows of events() that are still to come */
typedef struct EventRows
{
	Journey journey;
	Datum *name; /* texts by code */
	int64 next;
} EventRows;

/* the last row of a partition that session_number() has seen */
typedef struct SessionRow
{
	int32 session; /* zero: none yet */
	int64 at;
} SessionRow;

PG_FUNCTION_INFO_V1(journey_events);
PG_FUNCTION_INFO_V1(journey_event_count);
PG_FUNCTION_INFO_V1(journey_occurrences);
PG_FUNCTION_INFO_V1(journey_first_at);
PG_FUNCTION_INFO_V1(journey_last_at);
PG_FUNCTION_INFO_V1(journey_duration);
PG_FUNCTION_INFO_V1(journey_slice);
PG_FUNCTION_INFO_V1(journey_keep);
PG_FUNCTION_INFO_V1(journey_distinct_events);
PG_FUNCTION_INFO_V1(journey_sessions);
PG_FUNCTION_INFO_V1(journey_session_number);

/* Take the argument of an accessor apart */
static Journey
GetJourney(FunctionCallInfo fcinfo)
{
	Journey journey;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	return journey;
}

/* Begin to list events, in memory that lives as long as the list */
static EventRows *
EventRowsBegin(FunctionCallInfo fcinfo)
{
	EventRows *rows = palloc0(sizeof(EventRows));
	JourneyName *name;

	JourneyRead(&rows->journey, PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0)));
	name = palloc(Max(rows->journey.header.names, 1) * sizeof(JourneyName));
	rows->name = palloc(Max(rows->journey.header.names, 1) * sizeof(Datum));
	JourneyReadNames(&rows->journey, name);
	for (int i = 0; i < rows->journey.header.names; i++)
		rows->name[i] = PointerGetDatum(cstring_to_text_with_len(name[i].bytes, name[i].length));
	pfree(name);
	return rows;
}

/* List the events, in the order of their times */
Datum
journey_events(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	EventRows *rows;
	Datum values[2];
	bool nulls[2] = {false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old_context;

		call = SRF_FIRSTCALL_INIT();
		old_context = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &call->tuple_desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		call->tuple_desc = BlessTupleDesc(call->tuple_desc);
		call->user_fctx = EventRowsBegin(fcinfo);
		MemoryContextSwitchTo(old_context);
	}
	call = SRF_PERCALL_SETUP();
	rows = call->user_fctx;
	if (rows->next >= rows->journey.header.events)
		SRF_RETURN_DONE(call);
	values[0] = TimestampTzGetDatum(JourneyAt(&rows->journey, rows->next));
	values[1] = rows->name[JourneyCode(&rows->journey, rows->next)];
	rows->next++;
	SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc, values, nulls)));
}

/* Return the number of events */
Datum
journey_event_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(JourneyGetHeader(fcinfo, 0).events);
}

/* Return how often an event happened */
Datum
journey_occurrences(PG_FUNCTION_ARGS)
{
	Journey journey = GetJourney(fcinfo);
	text *event = PG_GETARG_TEXT_PP(1);
	JourneyName name = {VARSIZE_ANY_EXHDR(event), VARDATA_ANY(event)};
	int32 code = JourneyFindName(&journey, name);
	int64 occurrences = 0;

	if (code < 0)
		PG_RETURN_INT64(0);
	for (int64 i = 0; i < journey.header.events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		occurrences += JourneyCode(&journey, i) == code;
	}
	PG_RETURN_INT64(occurrences);
}

/* Return the time of the first event, or NULL where there is none */
Datum
journey_first_at(PG_FUNCTION_ARGS)
{
	JourneyHeader header = JourneyGetHeader(fcinfo, 0);

	if (header.events == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(header.first);
}

/* Return the time of the last event, or NULL where there is none */
Datum
journey_last_at(PG_FUNCTION_ARGS)
{
	JourneyHeader header = JourneyGetHeader(fcinfo, 0);

	if (header.events == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(header.last);
}

/* Return the time from the first event to the last, or NULL where there is none */
Datum
journey_duration(PG_FUNCTION_ARGS)
{
	JourneyHeader header = JourneyGetHeader(fcinfo, 0);
	int64 span;
	Interval *interval;

	if (header.events == 0)
		PG_RETURN_NULL();
	if (pg_sub_s64_overflow(header.last, header.first, &span))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("interval out of range")));
	interval = palloc0(sizeof(Interval));
	interval->day = (int32) (span / USECS_PER_DAY);
	interval->time = span % USECS_PER_DAY;
	PG_RETURN_INTERVAL_P(interval);
}

/* Return the events from a time to before another */
Datum
journey_slice(PG_FUNCTION_ARGS)
{
	Journey journey = GetJourney(fcinfo);
	int64 from = JourneyFirstFrom(&journey, PG_GETARG_TIMESTAMPTZ(1));
	int64 until = JourneyFirstFrom(&journey, PG_GETARG_TIMESTAMPTZ(2));

	PG_RETURN_POINTER(
		JourneyWritePart(&journey, JourneyGetNames(&journey), from, Max(from, until)));
}

/* Return which codes are those of names in an array */
static bool *
ReadKept(const JourneyName *name, int32 names, ArrayType *array)
{
	bool *kept = palloc0(Max(names, 1) * sizeof(bool));
	Datum *values;
	bool *nulls;
	int number;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &number);
	for (int i = 0; i < number; i++)
	{
		text *value;
		int32 code;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		value = DatumGetTextPP(values[i]);
		code = JourneySeekName(name, names,
							   (JourneyName){VARSIZE_ANY_EXHDR(value), VARDATA_ANY(value)});
		if (code >= 0)
			kept[code] = true;
	}
	return kept;
}

/* Return the events that have one of some names */
Datum
journey_keep(PG_FUNCTION_ARGS)
{
	Journey journey = GetJourney(fcinfo);
	JourneyName *name = JourneyGetNames(&journey);
	bool *kept = ReadKept(name, journey.header.names, PG_GETARG_ARRAYTYPE_P(1));
	JourneyEvent *event = JourneyReadEvents(&journey, 0);
	int64 events = 0;

	for (int64 i = 0; i < journey.header.events; i++)
	{
		JourneyPause(i);
		if (kept[event[i].code])
			event[events++] = event[i];
	}
	PG_RETURN_POINTER(JourneyWriteOrdered(event, events, name, journey.header.names));
}

/* Return each event once: those of the same name at the same time are one */
Datum
journey_distinct_events(PG_FUNCTION_ARGS)
{
	Journey journey = GetJourney(fcinfo);
	JourneyEvent *event = JourneyReadEvents(&journey, 0);
	int64 events = 0;

	for (int64 i = 0; i < journey.header.events; i++)
	{
		JourneyPause(i);
		if (events == 0 || event[i].at != event[events - 1].at ||
			event[i].code != event[events - 1].code)
			event[events++] = event[i];
	}
	PG_RETURN_POINTER(
		JourneyWriteOrdered(event, events, JourneyGetNames(&journey), journey.header.names));
}

/* Read the longest pause within a session */
static uint64
GapFromInterval(const Interval *interval)
{
	return IntervalToSpan(interval, "gap", "Write minutes, hours or days: interval '30 minutes'.");
}

/* Return how much later a time is than one not after it; all of time takes more than 63 bits */
static uint64
TimeBetween(int64 before, int64 at)
{
	return (uint64) at - (uint64) before;
}

/* Return the sessions: runs of events without a pause that is longer than the gap */
Datum
journey_sessions(PG_FUNCTION_ARGS)
{
	Journey journey = GetJourney(fcinfo);
	uint64 gap = GapFromInterval(PG_GETARG_INTERVAL_P(1));
	JourneyEvent *event = JourneyReadEvents(&journey, 0);
	JourneyName *name = JourneyGetNames(&journey);
	int64 events = journey.header.events;
	int32 session = 0;
	Row row;

	RowBeginSet(&row, fcinfo);
	for (int64 from = 0, until; from < events; from = until)
	{
		struct varlena *value;

		CHECK_FOR_INTERRUPTS();
		for (until = from + 1; until < events; until++)
		{
			JourneyPause(until);
			if (TimeBetween(event[until - 1].at, event[until].at) > gap)
				break;
		}
		value = JourneyWriteOrdered(&event[from], until - from, name, journey.header.names);
		RowInt32(&row, ++session);
		RowDatum(&row, TimestampTzGetDatum(event[from].at));
		RowDatum(&row, TimestampTzGetDatum(event[until - 1].at));
		RowInt64(&row, until - from);
		RowFloat(&row, (double) TimeBetween(event[from].at, event[until - 1].at) / USECS_PER_SEC);
		RowDatum(&row, PointerGetDatum(value));
		RowPut(&row, fcinfo);
		pfree(value);
	}
	return (Datum) 0;
}

/* Return the number of the session of a row, NULL for one without a time */
Datum
journey_session_number(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	SessionRow *last = WinGetPartitionLocalMemory(window, sizeof(SessionRow));
	bool at_is_null, gap_is_null;
	TimestampTz at = DatumGetTimestampTz(WinGetFuncArgCurrent(window, 0, &at_is_null));
	Datum gap = WinGetFuncArgCurrent(window, 1, &gap_is_null);
	uint64 longest;

	/* rows before this one are not needed any more */
	WinSetMarkPosition(window, WinGetCurrentPosition(window));
	if (at_is_null || gap_is_null)
		PG_RETURN_NULL();
	CheckJourneyTime(at, NULL);
	longest = GapFromInterval(DatumGetIntervalP(gap));
	if (last->session > 0 && at < last->at)
		ereport(ERROR,
				(errcode(ERRCODE_WINDOWING_ERROR),
				 errmsg("sessions are numbered in the order of time"),
				 errhint("Write OVER (PARTITION BY the actor ORDER BY the time).")));
	if (last->session == 0 || TimeBetween(last->at, at) > longest)
		last->session++;
	last->at = at;
	PG_RETURN_INT32(last->session);
}
