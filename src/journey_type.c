/*
 * journey_type.c
 *		event_journey: its forms, comparison, casts.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/json.h"
#include "utils/timestamp.h"

#include "instant.h"
#include "journey.h"
#include "json_input.h"
#include "surface.h"

/* members of the text form */
#define NAMES_MEMBER "events"
#define CODES_MEMBER "codes"
#define FIRST_MEMBER "first_at"
#define TIMES_MEMBER "seconds"

/* decimals of seconds there */
#define SECOND_DECIMALS 6

/* bytes of an event in the binary form: its time and code */
#define MESSAGE_EVENT (sizeof(int64) + sizeof(uint16))

/* bytes of a name there at least: its length */
#define MESSAGE_NAME sizeof(int32)

PG_FUNCTION_INFO_V1(journey_in);
PG_FUNCTION_INFO_V1(journey_out);
PG_FUNCTION_INFO_V1(journey_recv);
PG_FUNCTION_INFO_V1(journey_send);

/* Write the text form */
static char *
JourneyToText(const struct varlena *value)
{
	Journey journey;
	JourneyName *name;
	StringInfoData out;

	JourneyRead(&journey, value);
	initStringInfo(&out);
	if (journey.header.events == 0)
	{
		appendStringInfoString(&out, "{}");
		return out.data;
	}
	name = palloc(journey.header.names * sizeof(JourneyName));
	JourneyReadNames(&journey, name);
	appendStringInfoString(&out, "{\"" NAMES_MEMBER "\": [");
	for (int i = 0; i < journey.header.names; i++)
	{
		appendStringInfoString(&out, (i > 0) ? ", " : "");
		escape_json(&out, pnstrdup(name[i].bytes, name[i].length));
	}
	appendStringInfoString(&out, "], \"" CODES_MEMBER "\": [");
	for (int64 i = 0; i < journey.header.events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		appendStringInfoString(&out, (i > 0) ? ", " : "");
		AppendDecimal(&out, JourneyCode(&journey, i), 0);
	}
	appendStringInfoString(&out, "], \"" FIRST_MEMBER "\": \"");
	AppendInstant(&out, journey.header.first);
	appendStringInfoString(&out, "\", \"" TIMES_MEMBER "\": [");
	for (int64 i = 0; i < journey.header.events; i++)
	{
		/* unsigned, as all of time takes more than 63 bits */
		uint64 offset = (uint64) JourneyAt(&journey, i) - (uint64) journey.header.first;

		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		appendStringInfoString(&out, (i > 0) ? ", " : "");
		AppendDecimal(&out, offset, SECOND_DECIMALS);
	}
	appendStringInfoString(&out, "]}");
	return out.data;
}

/* Report content that no journey has; false after a soft error */
static bool
RefuseContent(const char *detail, Node *escontext)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("invalid content of type %s", JOURNEY_TYPE), errdetail_internal("%s", detail)));
}

/* Report a code that is not that of a name; false after a soft error */
static bool
RefuseCode(int64 code, Node *escontext)
{
	return RefuseContent(psprintf("There is no name with the code %lld.", (long long) code),
						 escontext);
}

/* Check that every name is that of some event, and each code that of a name; false after a soft
 * error */
static bool
CheckCodes(const JourneyEvent *event, int64 events, int64 names, Node *escontext)
{
	bool *used = palloc0(Max(names, 1) * sizeof(bool));
	int64 different = 0;

	for (int64 i = 0; i < events; i++)
	{
		if (event[i].code < 0 || event[i].code >= names)
			return RefuseCode(event[i].code, escontext);
		different += !used[event[i].code];
		used[event[i].code] = true;
	}
	pfree(used);
	if (different < names)
		return RefuseContent("No event has one of the names.", escontext);
	return true;
}

/* Return a journey of events and names from outside, or NULL after a soft error */
static struct varlena *
JourneyFromOutside(JourneyEvent *event, int64 events, JourneyName *name, int64 names,
				   Node *escontext)
{
	struct varlena *value;
	Journey journey;

	if (!CheckCodes(event, events, names, escontext))
		return NULL;
	value = JourneyWrite(event, events, name, names);
	JourneyRead(&journey, value);
	if (journey.header.names < names)
	{
		RefuseContent("A name is there twice.", escontext);
		return NULL;
	}
	return value;
}

/* Read the names of the text form; NULL after a soft error */
static JourneyName *
ReadNames(JsonObject *object, int names, Node *escontext)
{
	char **text;
	JourneyName *name;

	if (!CheckJourneyNames(names, escontext))
		return NULL;
	text = palloc(Max(names, 1) * sizeof(char *));
	if (!JsonStringArray(object, NAMES_MEMBER, JOURNEY_TYPE, names, text, escontext))
		return NULL;
	name = palloc(Max(names, 1) * sizeof(JourneyName));
	for (int i = 0; i < names; i++)
	{
		name[i].bytes = text[i];
		name[i].length = strlen(text[i]);
	}
	return name;
}

/* Read the codes of the text form into events; false after a soft error */
static bool
ReadCodes(JsonObject *object, JourneyEvent *event, int events, int names, Node *escontext)
{
	int64 *code = MemoryContextAllocHuge(CurrentMemoryContext, Max(events, 1) * sizeof(int64));

	if (!JsonInt64Array(object, CODES_MEMBER, JOURNEY_TYPE, events, code, escontext))
		return false;
	for (int i = 0; i < events; i++)
	{
		JourneyPause(i);
		if (code[i] < 0 || code[i] >= names)
			return RefuseCode(code[i], escontext);
		event[i].code = (int32) code[i];
	}
	pfree(code);
	return true;
}

/* Read the times of the text form into events; false after a soft error */
static bool
ReadTimes(JsonObject *object, JourneyEvent *event, int events, Node *escontext)
{
	char *text;
	int64 first;
	int128 *offset;

	if (!JsonString(object, FIRST_MEMBER, JOURNEY_TYPE, &text, escontext))
		return false;
	if (!InstantParse(text, &first))
		return RefuseContent(psprintf("\"%s\" is no time such as \"2026-01-31T18:30:00.5Z\".",
									  text),
							 escontext);
	offset = MemoryContextAllocHuge(CurrentMemoryContext, Max(events, 1) * sizeof(int128));
	if (!JsonDecimalArray(object, TIMES_MEMBER, JOURNEY_TYPE, events, SECOND_DECIMALS, offset,
						  escontext))
		return false;
	for (int i = 0; i < events; i++)
	{
		int128 at = first + offset[i];

		JourneyPause(i);
		if (at < PG_INT64_MIN || at > PG_INT64_MAX || offset[i] < 0)
			return RefuseContent("Seconds are 0 or more, and within range.", escontext);
		if (!CheckJourneyTime((int64) at, escontext))
			return false;
		event[i].at = (int64) at;
	}
	pfree(offset);
	return true;
}

/* Read the text form */
Datum
journey_in(PG_FUNCTION_ARGS)
{
	Node *escontext = InputErrorContext(fcinfo);
	JsonObject object;
	JourneyName *name;
	JourneyEvent *event;
	struct varlena *value;
	int names, events;

	if (!ParseJsonObject(PG_GETARG_CSTRING(0), JOURNEY_TYPE, &object, escontext))
		PG_RETURN_NULL();
	if (object.count == 0)
		PG_RETURN_POINTER(JourneyWrite(NULL, 0, NULL, 0));
	names = JsonArrayLength(&object, NAMES_MEMBER);
	events = JsonArrayLength(&object, CODES_MEMBER);
	name = ReadNames(&object, names, escontext);
	if (name == NULL || !CheckJourneyEvents(events, escontext))
		PG_RETURN_NULL();
	event = JourneyAllocateEvents(events);
	if (!ReadCodes(&object, event, events, names, escontext) ||
		!ReadTimes(&object, event, events, escontext) ||
		!CheckJsonUsed(&object, JOURNEY_TYPE, escontext))
		PG_RETURN_NULL();
	if (events == 0)
	{
		RefuseContent("A journey without events is {}.", escontext);
		PG_RETURN_NULL();
	}
	value = JourneyFromOutside(event, events, name, names, escontext);
	if (value == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(value);
}

/* Write the text form */
Datum
journey_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(JourneyToText(JourneyGetArg(fcinfo, 0)));
}

/* Report a binary form that is never written */
pg_noreturn static void
InvalidBinary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of type %s", JOURNEY_TYPE),
			 errdetail_internal("%s", detail)));
}

/* Check that a message has so many things of so many bytes, before there is room made for them */
static void
CheckMessageRest(StringInfo in, int64 number, int bytes)
{
	if (number > (in->len - in->cursor) / bytes)
		InvalidBinary(psprintf("There are %lld things of %d bytes, and %d bytes are left.",
							   (long long) number, bytes, in->len - in->cursor));
}

/* Read the names of a binary form, which are in order */
static JourneyName *
ReceiveNames(StringInfo in, int64 names)
{
	JourneyName *name;

	CheckJourneyNames(names, NULL);
	CheckMessageRest(in, names, MESSAGE_NAME);
	name = palloc(Max(names, 1) * sizeof(JourneyName));
	for (int64 i = 0; i < names; i++)
	{
		int length = pq_getmsgint(in, sizeof(int32));

		name[i].bytes = pq_getmsgtext(in, length, &name[i].length);
		if (i > 0 && JourneyCompareNames(name[i - 1], name[i]) >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid binary form of type %s", JOURNEY_TYPE),
					 errdetail("The names are not in the order of their bytes."),
					 errhint("Transfer the text form between databases of different encodings.")));
	}
	return name;
}

/* Read the events of a binary form, which are in order */
static JourneyEvent *
ReceiveEvents(StringInfo in, int64 events)
{
	JourneyEvent *event;

	CheckMessageRest(in, events, MESSAGE_EVENT);
	CheckJourneyEvents(events, NULL);
	event = JourneyAllocateEvents(events);
	for (int64 i = 0; i < events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		event[i].at = pq_getmsgint64(in);
		event[i].code = pq_getmsgint(in, sizeof(uint16));
		CheckJourneyTime(event[i].at, NULL);
		if (i > 0 &&
			(event[i].at < event[i - 1].at ||
			 (event[i].at == event[i - 1].at && event[i].code < event[i - 1].code)))
			InvalidBinary("The events are not in order.");
	}
	return event;
}

/* Read the binary form */
static struct varlena *
JourneyReceive(StringInfo in)
{
	JourneyName *name;
	JourneyEvent *event;
	int64 names, events;

	CheckMessageVersion(in, JOURNEY_VERSION, JOURNEY_TYPE);
	(void) GetMessageFlags(in, 0, JOURNEY_TYPE);
	names = pq_getmsgint(in, sizeof(uint32));
	name = ReceiveNames(in, names);
	events = pq_getmsgint(in, sizeof(uint32));
	event = ReceiveEvents(in, events);
	CheckMessageEnd(in, JOURNEY_TYPE);
	return JourneyFromOutside(event, events, name, names, NULL);
}

/* Read the binary form */
Datum
journey_recv(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(JourneyReceive((StringInfo) PG_GETARG_POINTER(0)));
}

/* Write the binary form */
Datum
journey_send(PG_FUNCTION_ARGS)
{
	Journey journey;
	JourneyName *name;
	StringInfoData out;

	JourneyRead(&journey, JourneyGetArg(fcinfo, 0));
	name = palloc(Max(journey.header.names, 1) * sizeof(JourneyName));
	JourneyReadNames(&journey, name);
	pq_begintypsend(&out);
	pq_sendbyte(&out, JOURNEY_VERSION);
	pq_sendbyte(&out, 0);
	pq_sendint32(&out, journey.header.names);
	for (int i = 0; i < journey.header.names; i++)
		SendMessageName(&out, name[i].bytes, name[i].length);
	pq_sendint32(&out, journey.header.events);
	for (int64 i = 0; i < journey.header.events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		pq_sendint64(&out, JourneyAt(&journey, i));
		pq_sendint16(&out, JourneyCode(&journey, i));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Read an argument with a header of its full length, so that equal values have equal bytes */
static const struct varlena *
GetUnpacked(FunctionCallInfo fcinfo, int arg)
{
	return PG_DETOAST_DATUM(PG_GETARG_DATUM(arg));
}

DEFINE_COMPARE_ARGS(JourneyCompareArgs, struct varlena, GetUnpacked, CompareStored);
DEFINE_COMPARISONS(journey, JourneyCompareArgs);
DEFINE_HASHES(journey, struct varlena, GetUnpacked, VARSIZE(value));
DEFINE_JSON_CASTS(journey, JourneyToText, JourneyGetArg);
