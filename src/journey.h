/*
 * journey.h
 *		event_journey: the events of one actor, packed, in time order.
 */
#ifndef CXUX_JOURNEY_H
#define CXUX_JOURNEY_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/nodes.h"
#include "port/pg_bswap.h"

#include "compat.h"

#define JOURNEY_VERSION 1
#define JOURNEY_TYPE "event_journey"

/* codes of events take 16 bits */
#define JOURNEY_MAX_NAMES 65535

/*
 * The text form is at most so long, so that whatever is stored can be dumped:
 * COPY may double it, and a row has less than a gigabyte.
 */
#define JOURNEY_MAX_TEXT (512 * 1024 * 1024 - 1)

/* an event takes at least so many bytes there: a code, seconds, each with its separator */
#define JOURNEY_MIN_EVENT_TEXT 6

/* so that there are never more events than these, and any such number fits 32 bits */
#define JOURNEY_MAX_EVENTS (JOURNEY_MAX_TEXT / JOURNEY_MIN_EVENT_TEXT)

/* events between two looks at interrupts */
#define JOURNEY_INTERRUPT_EVENTS 65536

/* a packed number has so many bits at most, as eight bytes hold from any bit on, or else all */
#define JOURNEY_MAX_BITS 57
#define JOURNEY_ALL_BITS 64

/*
 * The first bytes of a value, which need no alignment, as a value is read
 * where it lies.  After them come the different names in the order of their
 * bytes, each behind its length in groups of seven bits, least significant
 * first, of which all but the last have the high bit set; then the codes of
 * the events, then their times: numbers of as few bits as the largest needs,
 * at least one, least significant bit first.  Events are in the order of their
 * times, those of the same time in the order of their codes.  A code is a
 * place in the names, a time counts units after the first event, and the unit
 * is the largest that gives whole numbers, one microsecond where all events
 * have the same time.
 *
 * A journey of no events has no names, and all of its numbers but those of
 * bits and the unit are zero.
 */
typedef struct JourneyHeader
{
	uint8 version;
	uint8 code_bits;
	uint8 time_bits;
	uint8 unused; /* zero */
	uint32 events;
	uint32 names_bytes;
	uint16 names;
	uint16 unused2; /* zero */
	int64 first;    /* microseconds since 2000 in UTC, as in timestamptz */
	int64 last;
	uint64 unit; /* of times, in microseconds */
} JourneyHeader;

/* a value made ready for reading; it points into the value */
typedef struct Journey
{
	JourneyHeader header;
	const char *names; /* each behind its length */
	const uint8 *codes;
	const uint8 *times;
	const uint8 *end;
} Journey;

typedef struct JourneyName
{
	int32 length;
	const char *bytes;
} JourneyName;

typedef struct JourneyEvent
{
	int64 at;
	int32 code; /* place in the names */
} JourneyEvent;

/*
 * Return the i-th of packed numbers.
 *
 * Eight bytes that end with the last bit of the number hold all of it, as it
 * has at most 57 bits or begins with a byte.  At least the header lies before
 * the numbers, so that nothing outside the value is read.
 */
static inline uint64
JourneyNumber(const uint8 *numbers, int bits, int64 i)
{
	uint64 end = (uint64) (i + 1) * bits;
	uint64 bytes = (end + 7) / 8;
	uint64 word;

	memcpy(&word, numbers + bytes - sizeof(uint64), sizeof(uint64));
#ifdef WORDS_BIGENDIAN
	word = pg_bswap64(word);
#endif
	return (word << (bytes * 8 - end)) >> (64 - bits);
}

/* Look at interrupts once in many events, at the end of them, so that few events never do */
static inline void
JourneyPause(int64 i)
{
	if (unlikely(i % JOURNEY_INTERRUPT_EVENTS == JOURNEY_INTERRUPT_EVENTS - 1))
		CHECK_FOR_INTERRUPTS();
}

/* Return the code of the i-th event */
static inline int32
JourneyCode(const Journey *journey, int64 i)
{
	return (int32) JourneyNumber(journey->codes, journey->header.code_bits, i);
}

/* Return the time of the i-th event */
static inline int64
JourneyAt(const Journey *journey, int64 i)
{
	/* unsigned, as all of time takes more than 63 bits */
	uint64 units = JourneyNumber(journey->times, journey->header.time_bits, i);

	return (int64) ((uint64) journey->header.first + units * journey->header.unit);
}

/* Order two names by their bytes, whatever the collation */
static inline int
JourneyCompareNames(JourneyName a, JourneyName b)
{
	int order = memcmp(a.bytes, b.bytes, Min(a.length, b.length));

	return (order != 0) ? order : (a.length > b.length) - (a.length < b.length);
}

/* journey.c: values */

/* Return the argument, detoasted but left packed */
extern const struct varlena *JourneyGetArg(FunctionCallInfo fcinfo, int arg);

/* Read the first bytes of an argument only, whether it is toasted or not */
extern JourneyHeader JourneyGetHeader(FunctionCallInfo fcinfo, int arg);

/* Take a value apart; it may be packed (short header), but not toasted */
extern void JourneyRead(Journey *journey, const struct varlena *value);

/* The same of bytes from another server, which must be those of a value */
extern void JourneyReadChecked(Journey *journey, const struct varlena *value);

/* Fill "name" with all header.names names, in their order */
extern void JourneyReadNames(const Journey *journey, JourneyName *name);

/* Return all events, with room for "spare" more, and the names, in the current memory context */
extern JourneyEvent *JourneyReadEvents(const Journey *journey, int64 spare);

/* Return all names, in their order, in the current memory context */
extern JourneyName *JourneyGetNames(const Journey *journey);

/* Return the place of a name among names in order, or -1 */
extern int32 JourneySeekName(const JourneyName *names, int32 count, JourneyName name);

/* Return the code of a name, or -1 where no event has it */
extern int32 JourneyFindName(const Journey *journey, JourneyName name);

/* Return the first event not before a time; header.events where there is none */
extern int64 JourneyFirstFrom(const Journey *journey, int64 at);

/*
 * Write events, in any order, whose codes are places in "name" (in any order, repeats and unused
 * ones allowed), in the canonical form in the current memory context; events and names may be
 * reordered meanwhile.
 */
extern struct varlena *JourneyWrite(JourneyEvent *event, int64 events, JourneyName *name,
									int64 names);

/*
 * The same over names that are different and in the order of their bytes, some perhaps unused:
 * those of another journey.  Names stay as they are.  It takes less time, least of all for events
 * in order, and none for names without end that a few events do not have.
 */
extern struct varlena *JourneyWriteOrdered(JourneyEvent *event, int64 events,
										   const JourneyName *name, int64 names);

/*
 * Write the events from one place to before another of a journey with these names: what slices and
 * runs are.
 */
extern struct varlena *JourneyWritePart(const Journey *journey, const JourneyName *name, int64 from,
										int64 until);

extern JourneyEvent *JourneyAllocateEvents(int64 events);
extern bool CheckJourneyEvents(int64 events, Node *escontext);
extern bool CheckJourneyNames(int64 names, Node *escontext);
extern bool CheckJourneyTime(int64 at, Node *escontext);

#endif /* CXUX_JOURNEY_H */
