/*
 * states.c
 *		What one asks of a journey whose events are changes of a state.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "journey.h"
#include "surface.h"

PG_FUNCTION_INFO_V1(journey_state_durations);
PG_FUNCTION_INFO_V1(journey_state_at);
PG_FUNCTION_INFO_V1(journey_transitions);

/* a state that lasts from one event to before another */
typedef struct Visit
{
	int32 code;
	int64 from;  /* events, of which all have the code */
	int64 until; /* header.events: nothing came after it */
} Visit;

/* Return the names of a journey as values of a row */
static Datum *
NameValues(const Journey *journey)
{
	int names = journey->header.names;
	JourneyName *name = palloc(Max(names, 1) * sizeof(JourneyName));
	Datum *values = palloc(Max(names, 1) * sizeof(Datum));

	JourneyReadNames(journey, name);
	for (int i = 0; i < names; i++)
		values[i] = PointerGetDatum(cstring_to_text_with_len(name[i].bytes, name[i].length));
	pfree(name);
	return values;
}

/* Return how many seconds lie between two times */
static double
SecondsBetween(int64 from, int64 until)
{
	/* unsigned, as all of time takes more than 63 bits */
	return (double) ((uint64) until - (uint64) from) / USECS_PER_SEC;
}

/* Return how many events are not after a time */
static int64
EventsUntil(const Journey *journey, int64 at)
{
	return (at >= journey->header.last) ? journey->header.events
										: JourneyFirstFrom(journey, at + 1);
}

/* Find the visit that begins with an event: one to the same state goes on */
static Visit
VisitFrom(const Journey *journey, int64 from, int64 events)
{
	Visit visit = {JourneyCode(journey, from), from, from + 1};

	while (visit.until < events && JourneyCode(journey, visit.until) == visit.code)
	{
		CHECK_FOR_INTERRUPTS();
		visit.until++;
	}
	return visit;
}

/* Return a row per visit to a state; the last one goes on until a time, if there is one */
Datum
journey_state_durations(PG_FUNCTION_ARGS)
{
	bool has_until = !PG_ARGISNULL(1);
	int64 until = has_until ? PG_GETARG_TIMESTAMPTZ(1) : 0;
	int32 *occurrences;
	Datum *names;
	int64 events;
	Journey journey;
	Visit visit;
	Row row;
	int step = 1;

	if (has_until && TIMESTAMP_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("until_at must be finite"),
				 errhint("Leave it out where no end is known.")));
	RowBeginSet(&row, fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	names = NameValues(&journey);
	occurrences = palloc0(Max(journey.header.names, 1) * sizeof(int32));
	events = has_until ? EventsUntil(&journey, until) : journey.header.events;
	for (int64 from = 0; from < events; from = visit.until)
	{
		int64 started = JourneyAt(&journey, from);
		bool finished;

		CHECK_FOR_INTERRUPTS();
		visit = VisitFrom(&journey, from, events);
		finished = visit.until < events;
		RowInt32(&row, step++);
		RowDatum(&row, names[visit.code]);
		RowInt32(&row, ++occurrences[visit.code]);
		RowDatum(&row, TimestampTzGetDatum(started));
		if (finished)
		{
			int64 ended = JourneyAt(&journey, visit.until);

			RowDatum(&row, TimestampTzGetDatum(ended));
			RowFloat(&row, SecondsBetween(started, ended));
		}
		else
		{
			RowNull(&row);
			RowFloat(&row, has_until ? SecondsBetween(started, until) : NOT_DEFINED);
		}
		RowDatum(&row, BoolGetDatum(finished));
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}

/* Return the state at a time, or NULL before the first event */
Datum
journey_state_at(PG_FUNCTION_ARGS)
{
	Journey journey;
	JourneyName *name;
	int64 events;
	int32 code;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	events = EventsUntil(&journey, PG_GETARG_TIMESTAMPTZ(1));
	if (events == 0)
		PG_RETURN_NULL();
	name = palloc(journey.header.names * sizeof(JourneyName));
	JourneyReadNames(&journey, name);
	code = JourneyCode(&journey, events - 1);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(name[code].bytes, name[code].length));
}

/* Return a row per event and the one after it */
Datum
journey_transitions(PG_FUNCTION_ARGS)
{
	Journey journey;
	Datum *names;
	Row row;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	names = NameValues(&journey);
	RowBeginSet(&row, fcinfo);
	for (int64 i = 1; i < journey.header.events; i++)
	{
		CHECK_FOR_INTERRUPTS();
		RowInt32(&row, (int32) i);
		RowDatum(&row, names[JourneyCode(&journey, i - 1)]);
		RowDatum(&row, names[JourneyCode(&journey, i)]);
		RowFloat(&row, SecondsBetween(JourneyAt(&journey, i - 1), JourneyAt(&journey, i)));
		RowPut(&row, fcinfo);
	}
	return (Datum) 0;
}
