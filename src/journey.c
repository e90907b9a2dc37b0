/*
 * journey.c
 *		event_journey: values, taken apart and put together.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "journey.h"
#include "surface.h"

/* so many different names are kept account of without allocating */
#define FEW_NAMES 128

/* with fewer events than one for so many names it is quicker to look for those that they have */
#define NAMES_PER_EVENT 8

/* bits of a group of a length, and the one that says that more follow */
#define LENGTH_BITS 7
#define LENGTH_MORE (1 << LENGTH_BITS)

/* runs of so many events are sorted by insertion */
#define SHORT_RUN 16

/* most bytes of the text form: of an event (digits and separators), of a byte of a name, of the
 * rest of a name, of everything else */
#define TEXT_EVENT (5 + 2 + 20 + 2)
#define TEXT_BYTE 6
#define TEXT_NAME 4
#define TEXT_REST 128

/* microseconds in the decimals of a second */
#define SECOND_DECIMALS 6

StaticAssertDecl(sizeof(JourneyHeader) == 40, "the header of event_journey must have no padding");
StaticAssertDecl(sizeof(JourneyHeader) >= sizeof(uint64),
				 "eight bytes before the numbers must belong to the value");

/* Return the argument, detoasted but left packed */
const struct varlena *
JourneyGetArg(FunctionCallInfo fcinfo, int arg)
{
	return (const struct varlena *) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(arg));
}

/* Read the first bytes of an argument only, whether it is toasted or not */
JourneyHeader
JourneyGetHeader(FunctionCallInfo fcinfo, int arg)
{
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(arg);
	JourneyHeader header;

	if (VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value))
		value = pg_detoast_datum_slice(value, 0, sizeof(JourneyHeader));
	memcpy(&header, VARDATA_ANY(value), sizeof(JourneyHeader));
	CheckStoredVersion(header.version, JOURNEY_VERSION, JOURNEY_TYPE);
	return header;
}

/* Return the bytes of so many packed numbers */
static Size
NumbersSize(int64 numbers, int bits)
{
	return ((Size) numbers * bits + 7) / 8;
}

/* Take a value apart; it may be packed (short header), but not toasted */
void
JourneyRead(Journey *journey, const struct varlena *value)
{
	const char *data = VARDATA_ANY(value);

	memcpy(&journey->header, data, sizeof(JourneyHeader));
	CheckStoredVersion(journey->header.version, JOURNEY_VERSION, JOURNEY_TYPE);
	journey->names = data + sizeof(JourneyHeader);
	journey->codes = (const uint8 *) journey->names + journey->header.names_bytes;
	journey->times =
		journey->codes + NumbersSize(journey->header.events, journey->header.code_bits);
	journey->end = (const uint8 *) data + VARSIZE_ANY_EXHDR(value);
}

/* Report bytes that are no value */
pg_noreturn static void
NoValue(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid content in a value of type %s", JOURNEY_TYPE)));
}

/* Check that the names fill their bytes */
static void
CheckNamesBytes(const Journey *journey)
{
	const char *at = journey->names;
	const char *end = at + journey->header.names_bytes;

	for (int i = 0; i < journey->header.names; i++)
	{
		uint64 length = 0;
		int shift = 0;
		uint8 byte;

		do
		{
			if (at >= end || shift > 4 * LENGTH_BITS)
				NoValue();
			byte = (uint8) *at++;
			length |= (uint64) (byte & (LENGTH_MORE - 1)) << shift;
			shift += LENGTH_BITS;
		} while (byte & LENGTH_MORE);
		if (length > (uint64) (end - at))
			NoValue();
		at += length;
	}
	if (at != end)
		NoValue();
}

/* Take bytes from another server apart, which must be those of a value */
void
JourneyReadChecked(Journey *journey, const struct varlena *value)
{
	JourneyHeader *header = &journey->header;
	uint64 size = VARSIZE_ANY_EXHDR(value);

	if (size < sizeof(JourneyHeader))
		NoValue();
	JourneyRead(journey, value);
	if (header->events > JOURNEY_MAX_EVENTS || header->code_bits < 1 ||
		header->code_bits > sizeof(uint16) * BITS_PER_BYTE || header->time_bits < 1 ||
		(header->time_bits > JOURNEY_MAX_BITS && header->time_bits != JOURNEY_ALL_BITS) ||
		size !=
			sizeof(JourneyHeader) + (uint64) header->names_bytes +
				NumbersSize(header->events, header->code_bits) +
				NumbersSize(header->events, header->time_bits))
		NoValue();
	CheckNamesBytes(journey);
	for (int64 i = 0; i < header->events; i++)
	{
		if (JourneyCode(journey, i) >= header->names)
			NoValue();
		CheckJourneyTime(JourneyAt(journey, i), NULL);
	}
}

/* Fill "name" with all names, in their order */
void
JourneyReadNames(const Journey *journey, JourneyName *name)
{
	const char *at = journey->names;

	for (int i = 0; i < journey->header.names; i++)
	{
		uint32 length = 0;
		int shift = 0;
		uint8 byte;

		do
		{
			byte = (uint8) *at++;
			length |= (uint32) (byte & (LENGTH_MORE - 1)) << shift;
			shift += LENGTH_BITS;
		} while (byte & LENGTH_MORE);
		name[i].length = length;
		name[i].bytes = at;
		at += length;
	}
}

/* Return all names, in their order */
JourneyName *
JourneyGetNames(const Journey *journey)
{
	JourneyName *name = palloc(Max(journey->header.names, 1) * sizeof(JourneyName));

	JourneyReadNames(journey, name);
	return name;
}

/* Return room for so many events */
JourneyEvent *
JourneyAllocateEvents(int64 events)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(events, 1) * sizeof(JourneyEvent));
}

/* Return all events, with room for "spare" more */
JourneyEvent *
JourneyReadEvents(const Journey *journey, int64 spare)
{
	int64 events = journey->header.events;
	JourneyEvent *event = JourneyAllocateEvents(events + spare);

	for (int64 i = 0; i < events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		event[i].at = JourneyAt(journey, i);
		event[i].code = JourneyCode(journey, i);
	}
	return event;
}

/* Return the place of a name among names in order, or -1 */
int32
JourneySeekName(const JourneyName *names, int32 count, JourneyName name)
{
	int32 low = 0;
	int32 high = count;

	while (low < high)
	{
		int32 middle = (low + high) / 2;
		int order = JourneyCompareNames(name, names[middle]);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

/* Return the code of a name, or -1 where no event has it */
int32
JourneyFindName(const Journey *journey, JourneyName name)
{
	JourneyName *names = JourneyGetNames(journey);
	int32 code;

	code = JourneySeekName(names, journey->header.names, name);
	pfree(names);
	return code;
}

/* Return the first event not before a time; header.events where there is none */
int64
JourneyFirstFrom(const Journey *journey, int64 at)
{
	int64 low = 0;
	int64 high = journey->header.events;

	while (low < high)
	{
		int64 middle = (low + high) / 2;

		if (JourneyAt(journey, middle) < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Check how many events a journey is to hold; false after a soft error */
bool
CheckJourneyEvents(int64 events, Node *escontext)
{
	if (events > JOURNEY_MAX_EVENTS)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many events for a value of type %s", JOURNEY_TYPE),
				 errdetail("A journey holds at most %d of them.", JOURNEY_MAX_EVENTS),
				 errhint("A journey is of one actor: group by actor.")));
	return true;
}

/* Check how many different names a journey is to hold; false after a soft error */
bool
CheckJourneyNames(int64 names, Node *escontext)
{
	if (names > JOURNEY_MAX_NAMES)
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different events for a value of type %s", JOURNEY_TYPE),
				 errdetail("A journey holds at most %d different names.", JOURNEY_MAX_NAMES),
				 errhint("Has a column of addresses or numbers been passed by mistake? "
						 "An event is the name of what happened.")));
	return true;
}

/* Check the time of an event; false after a soft error */
bool
CheckJourneyTime(int64 at, Node *escontext)
{
	if (unlikely(!IS_VALID_TIMESTAMP(at)))
		ereturn(escontext, false,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 TIMESTAMP_NOT_FINITE(at) ? errmsg("time of an event must be finite")
										  : errmsg("time of an event out of range")));
	return true;
}

/* Order two events by time, those of the same time by code */
static inline bool
ComesBefore(const JourneyEvent *a, const JourneyEvent *b)
{
	return (a->at != b->at) ? a->at < b->at : a->code < b->code;
}

/* Sort a few events by insertion */
static void
SortRun(JourneyEvent *event, int64 events)
{
	for (int64 i = 1; i < events; i++)
	{
		JourneyEvent moved = event[i];
		int64 place = i;

		for (; place > 0 && ComesBefore(&moved, &event[place - 1]); place--)
			event[place] = event[place - 1];
		event[place] = moved;
	}
}

/* Merge two runs that lie behind one another into another place */
static void
MergeRuns(const JourneyEvent *from, int64 first, int64 events, JourneyEvent *into)
{
	int64 a = 0;
	int64 b = first;

	CHECK_FOR_INTERRUPTS();
	if (first >= events || !ComesBefore(&from[first], &from[first - 1]))
	{
		memcpy(into, from, events * sizeof(JourneyEvent));
		return;
	}
	while (a < first && b < events)
	{
		JourneyPause(a + b);
		*into++ = ComesBefore(&from[b], &from[a]) ? from[b++] : from[a++];
	}
	memcpy(into, &from[a], (first - a) * sizeof(JourneyEvent));
	into += first - a;
	memcpy(into, &from[b], (events - b) * sizeof(JourneyEvent));
}

/* Put many events in order: runs first, which are then merged; it can be cancelled */
static void
SortMany(JourneyEvent *event, int64 events)
{
	JourneyEvent *spare = JourneyAllocateEvents(events);
	JourneyEvent *from = event;
	JourneyEvent *into = spare;

	for (int64 i = 0; i < events; i += SHORT_RUN)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		SortRun(&event[i], Min(SHORT_RUN, events - i));
	}
	for (int64 run = SHORT_RUN; run < events; run *= 2)
	{
		JourneyEvent *merged = into;

		for (int64 i = 0; i < events; i += 2 * run)
			MergeRuns(&from[i], Min(run, events - i), Min(2 * run, events - i), &into[i]);
		into = from;
		from = merged;
	}
	if (from != event)
		memcpy(event, from, events * sizeof(JourneyEvent));
	pfree(spare);
}

/* Put events in order, which they most often are in */
static void
SortEvents(JourneyEvent *event, int64 events)
{
	int64 i = 1;

	while (i < events && !ComesBefore(&event[i], &event[i - 1]))
	{
		JourneyPause(i);
		i++;
	}
	if (i >= events)
		return;
	if (events <= 2 * SHORT_RUN)
		SortRun(event, events);
	else
		SortMany(event, events);
}

/* Return the greatest common divisor of two numbers */
static uint64
GreatestDivisor(uint64 a, uint64 b)
{
	while (b != 0)
	{
		uint64 rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Return the largest unit that gives whole numbers for times after the first */
static uint64
FindUnit(const JourneyEvent *event, int64 events)
{
	uint64 first = (uint64) event[0].at;
	uint64 unit = 0;

	for (int64 i = 1; i < events && unit != 1; i++)
	{
		JourneyPause(i);
		unit = GreatestDivisor((uint64) event[i].at - first, unit);
	}
	return Max(unit, 1);
}

/* Return how many bits numbers up to one take, at least one */
static int
CountBits(uint64 number)
{
	return pg_leftmost_one_pos64(number | 1) + 1;
}

/* Return how many digits a number has */
static int
CountDigits(uint64 number)
{
	int digits = 1;

	for (; number >= 10; number /= 10)
		digits++;
	return digits;
}

/* Return the bytes of the seconds of a time in the text form */
static int
SecondsText(uint64 offset)
{
	uint64 fraction = offset % USECS_PER_SEC;
	int digits = CountDigits(offset / USECS_PER_SEC);
	int decimals = SECOND_DECIMALS;

	if (fraction == 0)
		return digits;
	for (; fraction % 10 == 0; fraction /= 10)
		decimals--;
	return digits + 1 + decimals;
}

/* Return the bytes of a name in the text form, with quotes and separator */
static uint64
NameText(JourneyName name)
{
	uint64 length = TEXT_NAME;

	for (int32 i = 0; i < name.length; i++)
	{
		unsigned char byte = name.bytes[i];

		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		if (byte != '\0' && strchr("\"\\\b\f\n\r\t", byte) != NULL)
			length += 2;
		else
			length += (byte < ' ') ? TEXT_BYTE : 1;
	}
	return length;
}

/* Check that the text form is not too long; "code" holds the codes by place in the names */
static void
CheckTextLength(const JourneyEvent *event, int64 events, const int32 *code, const JourneyName *name,
				int64 names, Size names_bytes)
{
	uint64 length = TEXT_REST;

	if (TEXT_REST + (uint64) events * TEXT_EVENT + names_bytes * TEXT_BYTE + names * TEXT_NAME <=
		JOURNEY_MAX_TEXT)
		return;
	for (int64 i = 0; i < names; i++)
	{
		if (code[i] >= 0)
			length += NameText(name[i]);
	}
	for (int64 i = 0; i < events; i++)
	{
		if (i % JOURNEY_INTERRUPT_EVENTS == 0)
			CHECK_FOR_INTERRUPTS();
		length += CountDigits(code[event[i].code]) + 2 +
			SecondsText((uint64) event[i].at - (uint64) event[0].at) + 2;
	}
	if (length > JOURNEY_MAX_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("value of type %s is too large", JOURNEY_TYPE),
				 errdetail("Its text form would have %llu bytes, and at most %d can be dumped.",
						   (unsigned long long) length, JOURNEY_MAX_TEXT),
				 errhint("A journey is of one actor: group by actor.")));
}

/* packed numbers being written */
typedef struct NumberWriter
{
	uint8 *at;
	uint64 word; /* bits that make no whole byte yet */
	int filled;
	int bits;
} NumberWriter;

/* Begin to write numbers of so many bits */
static inline void
NumbersBegin(NumberWriter *writer, uint8 *at, int bits)
{
	writer->at = at;
	writer->word = 0;
	writer->filled = 0;
	writer->bits = bits;
}

/* Write a number; there must be room for a word, of which only the bytes that are full stay */
static inline void
NumbersPut(NumberWriter *writer, uint64 number)
{
	uint64 word = writer->word | number << writer->filled;
	int filled = writer->filled + writer->bits;

#ifdef WORDS_BIGENDIAN
	word = pg_bswap64(word);
#endif
	memcpy(writer->at, &word, sizeof(uint64));
#ifdef WORDS_BIGENDIAN
	word = pg_bswap64(word);
#endif
	writer->at += filled / 8;
	writer->filled = filled % 8;
	writer->word = (filled < JOURNEY_ALL_BITS) ? word >> (filled - writer->filled) : 0;
}

/* Return the bytes of a length as it is stored */
static int
LengthSize(uint32 length)
{
	return (CountBits(length) + LENGTH_BITS - 1) / LENGTH_BITS;
}

/* Write a name behind its length, and return the place after it */
static char *
PutName(char *at, JourneyName name)
{
	uint32 length = name.length;

	for (; length >= LENGTH_MORE; length >>= LENGTH_BITS)
		*at++ = (char) (length % LENGTH_MORE + LENGTH_MORE);
	*at++ = (char) length;
	memcpy(at, name.bytes, name.length);
	return at + name.length;
}

/* Give each name that some event has its code, and all others -1; return how many there are */
static int64
NumberNames(const JourneyEvent *event, int64 events, int32 *code, int64 names)
{
	int64 used = 0;

	memset(code, -1, names * sizeof(int32));
	for (int64 i = 0; i < events; i++)
	{
		JourneyPause(i);
		code[event[i].code] = 0;
	}
	for (int64 i = 0; i < names; i++)
	{
		if (code[i] == 0)
			code[i] = used++;
	}
	return used;
}

/* Describe events in order with so many names of so many bytes */
static JourneyHeader
DescribeEvents(const JourneyEvent *event, int64 events, int64 names, Size names_bytes)
{
	JourneyHeader header = {0};
	uint64 span = 0;

	header.version = JOURNEY_VERSION;
	header.events = events;
	header.names = names;
	header.names_bytes = names_bytes;
	header.unit = 1;
	if (events > 0)
	{
		header.first = event[0].at;
		header.last = event[events - 1].at;
		header.unit = FindUnit(event, events);
		span = ((uint64) header.last - (uint64) header.first) / header.unit;
	}
	header.code_bits = CountBits(Max(names, 1) - 1);
	header.time_bits = CountBits(span);
	if (header.time_bits > JOURNEY_MAX_BITS)
		header.time_bits = JOURNEY_ALL_BITS;
	return header;
}

/*
 * Return a value that is complete but for its numbers.
 *
 * These are written word by word, so that the bytes of one more are allocated.
 */
static struct varlena *
AllocateValue(const JourneyHeader *header, const int32 *code, const JourneyName *name, int64 names)
{
	Size size = VARHDRSZ + sizeof(JourneyHeader) + header->names_bytes +
		NumbersSize(header->events, header->code_bits) +
		NumbersSize(header->events, header->time_bits);
	struct varlena *value = palloc(size + sizeof(uint64));
	char *at = VARDATA(value);

	SET_VARSIZE(value, size);
	memcpy(at, header, sizeof(JourneyHeader));
	at += sizeof(JourneyHeader);
	for (int64 i = 0; i < names; i++)
	{
		if (code[i] >= 0)
			at = PutName(at, name[i]);
	}
	return value;
}

/* Order two codes, for qsort */
static int
CompareCodes(const void *a, const void *b)
{
	int32 x = *(const int32 *) a;
	int32 y = *(const int32 *) b;

	return (x > y) - (x < y);
}

/*
 * Write a few events over many names.
 *
 * The many parts of a journey are written so without going through all of its
 * names for each.
 */
static struct varlena *
WriteFew(JourneyEvent *event, int64 events, const JourneyName *name)
{
	int32 *code = palloc(Max(events, 1) * sizeof(int32));
	JourneyName *used = palloc(Max(events, 1) * sizeof(JourneyName));
	int64 names = 0;
	struct varlena *value;

	for (int64 i = 0; i < events; i++)
		code[i] = event[i].code;
	qsort(code, events, sizeof(int32), CompareCodes);
	for (int64 i = 0; i < events; i++)
	{
		if (names > 0 && code[i] == code[names - 1])
			continue;
		code[names] = code[i];
		used[names++] = name[code[i]];
	}
	for (int64 i = 0; i < events; i++)
	{
		int32 *place = bsearch(&event[i].code, code, names, sizeof(int32), CompareCodes);

		event[i].code = (int32) (place - code);
	}
	value = JourneyWriteOrdered(event, events, used, names);
	pfree(code);
	pfree(used);
	return value;
}

/* Write events in any order over names that are different and in order */
struct varlena *
JourneyWriteOrdered(JourneyEvent *event, int64 events, const JourneyName *name, int64 names)
{
	JourneyHeader header;
	int32 few_codes[FEW_NAMES];
	int32 *code = few_codes;
	Size names_bytes = 0;
	int64 used;
	NumberWriter codes, times;
	struct varlena *value;
	uint8 *numbers;

	CheckJourneyEvents(events, NULL);
	if (names > FEW_NAMES && events < names / NAMES_PER_EVENT)
		return WriteFew(event, events, name);
	if (names > FEW_NAMES)
		code = MemoryContextAllocHuge(CurrentMemoryContext, names * sizeof(int32));
	used = NumberNames(event, events, code, names);
	CheckJourneyNames(used, NULL);
	SortEvents(event, events);
	for (int64 i = 0; i < names; i++)
	{
		if (code[i] >= 0)
			names_bytes += LengthSize(name[i].length) + name[i].length;
	}
	CheckTextLength(event, events, code, name, names, names_bytes);

	header = DescribeEvents(event, events, used, names_bytes);
	value = AllocateValue(&header, code, name, names);
	numbers = (uint8 *) VARDATA(value) + sizeof(JourneyHeader) + names_bytes;
	NumbersBegin(&codes, numbers, header.code_bits);
	for (int64 i = 0; i < events; i++)
	{
		JourneyPause(i);
		NumbersPut(&codes, code[event[i].code]);
	}
	numbers += NumbersSize(events, header.code_bits);
	NumbersBegin(&times, numbers, header.time_bits);
	for (int64 i = 0; i < events; i++)
	{
		JourneyPause(i);
		NumbersPut(&times, ((uint64) event[i].at - (uint64) header.first) / header.unit);
	}
	if (code != few_codes)
		pfree(code);
	return value;
}

/* Order two names by their bytes, whose places are given, for qsort_arg */
static int
ComparePlaces(const void *a, const void *b, void *arg)
{
	const JourneyName *name = arg;

	return JourneyCompareNames(name[*(const int32 *) a], name[*(const int32 *) b]);
}

/* Put names in order, each once, fill "place" with where they went; return how many are left */
static int64
SortNames(JourneyName *name, int64 names, int32 *place)
{
	int32 *order = MemoryContextAllocHuge(CurrentMemoryContext, names * sizeof(int32));
	JourneyName *sorted = MemoryContextAllocHuge(CurrentMemoryContext, names * sizeof(JourneyName));
	int64 different = 0;

	for (int64 i = 0; i < names; i++)
		order[i] = (int32) i;
	qsort_arg(order, names, sizeof(int32), ComparePlaces, name);
	for (int64 i = 0; i < names; i++)
	{
		if (different == 0 || JourneyCompareNames(sorted[different - 1], name[order[i]]) != 0)
			sorted[different++] = name[order[i]];
		place[order[i]] = (int32) (different - 1);
	}
	memcpy(name, sorted, different * sizeof(JourneyName));
	pfree(order);
	pfree(sorted);
	return different;
}

/* Write events in any order over names in any order */
struct varlena *
JourneyWrite(JourneyEvent *event, int64 events, JourneyName *name, int64 names)
{
	bool ordered = true;

	for (int64 i = 1; i < names && ordered; i++)
		ordered = JourneyCompareNames(name[i - 1], name[i]) < 0;
	if (!ordered)
	{
		int32 *place = MemoryContextAllocHuge(CurrentMemoryContext, names * sizeof(int32));

		names = SortNames(name, names, place);
		for (int64 i = 0; i < events; i++)
		{
			JourneyPause(i);
			event[i].code = place[event[i].code];
		}
		pfree(place);
	}
	return JourneyWriteOrdered(event, events, name, names);
}

/* Write the events from one place to before another of a journey */
struct varlena *
JourneyWritePart(const Journey *journey, const JourneyName *name, int64 from, int64 until)
{
	JourneyEvent *event = JourneyAllocateEvents(until - from);
	struct varlena *value;

	for (int64 i = from; i < until; i++)
	{
		JourneyPause(i - from);
		event[i - from].at = JourneyAt(journey, i);
		event[i - from].code = JourneyCode(journey, i);
	}
	value = JourneyWriteOrdered(event, until - from, name, journey->header.names);
	pfree(event);
	return value;
}
