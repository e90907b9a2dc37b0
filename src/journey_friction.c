/*
 * journey_friction.c
 *		Signs of friction in a journey: back and forth, repeated events, rage clicks, loops.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/timestamp.h"

#include "journey.h"
#include "surface.h"

/* what repeats as soon as this is no new try, in microseconds */
#define DEFAULT_REPEAT USECS_PER_SEC

/* so many of the same event in a row are a rage click */
#define DEFAULT_RAGE_CLICKS 3

/* events between two looks at interrupts */
#define FRICTION_CHUNK 65536

PG_FUNCTION_INFO_V1(journey_back_and_forth);
PG_FUNCTION_INFO_V1(journey_repeated_events);
PG_FUNCTION_INFO_V1(journey_rage_clicks);
PG_FUNCTION_INFO_V1(journey_loops);

/* Look at interrupts now and then */
static inline void
Pause(int64 i)
{
	if (i % FRICTION_CHUNK == 0)
		CHECK_FOR_INTERRUPTS();
}

/* Read how soon something has to follow, in microseconds */
static uint64
GetWithin(FunctionCallInfo fcinfo)
{
	return IntervalToSpan(PG_GETARG_INTERVAL_P(1), "within",
						  "Write seconds or minutes: interval '1 second'.");
}

/* Tell whether an event comes at most so long after another one */
static inline bool
IsWithin(const Journey *journey, int64 before, int64 event, uint64 span)
{
	/* unsigned, as all of time takes more than 63 bits */
	return (uint64) JourneyAt(journey, event) - (uint64) JourneyAt(journey, before) <= span;
}

/* Return how often an event comes again right after another one: a, b, a */
Datum
journey_back_and_forth(PG_FUNCTION_ARGS)
{
	bool is_limited = PG_NARGS() > 1;
	uint64 within = is_limited ? GetWithin(fcinfo) : 0;
	int64 count = 0;
	Journey journey;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	for (int64 i = 2; i < journey.header.events; i++)
	{
		int32 code = JourneyCode(&journey, i);

		Pause(i);
		if (code == JourneyCode(&journey, i - 2) && code != JourneyCode(&journey, i - 1) &&
			(!is_limited || IsWithin(&journey, i - 2, i, within)))
			count++;
	}
	PG_RETURN_INT64(count);
}

/* Return the event after those from one on that repeat it, each soon after the one before */
static int64
EndOfRepeats(const Journey *journey, int64 first, uint64 within)
{
	int32 code = JourneyCode(journey, first);
	int64 i = first + 1;

	while (i < journey->header.events && JourneyCode(journey, i) == code &&
		   IsWithin(journey, i - 1, i, within))
	{
		Pause(i);
		i++;
	}
	return i;
}

/* Return how many events repeat the one right before them soon after it */
Datum
journey_repeated_events(PG_FUNCTION_ARGS)
{
	uint64 within = (PG_NARGS() > 1) ? GetWithin(fcinfo) : DEFAULT_REPEAT;
	int64 count = 0;
	Journey journey;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	for (int64 i = 0; i < journey.header.events;)
	{
		int64 end = EndOfRepeats(&journey, i, within);

		Pause(i);
		count += end - i - 1;
		i = end;
	}
	PG_RETURN_INT64(count);
}

/* Return how often the same event comes many times in a row, each soon after the one before */
Datum
journey_rage_clicks(PG_FUNCTION_ARGS)
{
	uint64 within = (PG_NARGS() > 1) ? GetWithin(fcinfo) : DEFAULT_REPEAT;
	int32 clicks = (PG_NARGS() > 2) ? PG_GETARG_INT32(2) : DEFAULT_RAGE_CLICKS;
	int64 count = 0;
	Journey journey;

	if (clicks < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("clicks \"%d\" must be 2 or more", clicks)));
	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	for (int64 i = 0; i < journey.header.events;)
	{
		int64 end = EndOfRepeats(&journey, i, within);

		Pause(i);
		count += (end - i >= clicks);
		i = end;
	}
	PG_RETURN_INT64(count);
}

/*
 * Return how often a journey comes back to where it was.
 *
 * A loop that is closed is erased, so that what was in it can close no other:
 * each event is put on the path once and taken off it at most once.
 */
Datum
journey_loops(PG_FUNCTION_ARGS)
{
	Journey journey;
	bool *is_on_path;
	int32 *path;
	int32 length = 0;
	int64 count = 0;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	is_on_path = palloc0(Max(journey.header.names, 1) * sizeof(bool));
	path = palloc(Max(journey.header.names, 1) * sizeof(int32));
	for (int64 i = 0; i < journey.header.events; i++)
	{
		int32 code = JourneyCode(&journey, i);

		Pause(i);
		if (!is_on_path[code])
		{
			is_on_path[code] = true;
			path[length++] = code;
			continue;
		}
		count += (path[length - 1] != code);
		while (path[length - 1] != code)
			is_on_path[path[--length]] = false;
	}
	pfree(is_on_path);
	pfree(path);
	PG_RETURN_INT64(count);
}
