/*
 * journey_match.c
 *		Matches the events of a journey against a pattern, reading of them only what it can see.
 *
 * Many journeys have the same names: what these mean to a pattern is found once
 * for each different dictionary and kept, as long as that pays.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "journey_match.h"

/* dictionaries of more names or bytes are read anew each time */
#define KEPT_MAX_NAMES 64
#define KEPT_MAX_BYTES 1024

/* slots of the table of dictionaries, of which at most half are in use */
#define FIRST_SLOTS 64
#define MOST_SLOTS 8192

/* events and names that there is room for at first */
#define FIRST_EVENTS 64
#define FIRST_CODES 128

/* events between two looks at interrupts */
#define READ_CHUNK 65536

/* odd numbers without a pattern */
#define HASH_FIRST UINT64CONST(0x9e3779b97f4a7c15)
#define HASH_SECOND UINT64CONST(0xd6e8feb86659fd93)

/* what the names of a dictionary are to a pattern */
typedef struct KnownNames
{
	uint64 hash;
	uint32 bytes;
	bool can_start; /* a chain, whatever the events are */
	uint16 code[KEPT_MAX_NAMES];
	char names[FLEXIBLE_ARRAY_MEMBER];
} KnownNames;

/* how a pattern reads journeys */
typedef struct JourneyCodes
{
	/* dictionaries seen before; without slots when keeping them did not pay */
	MemoryContext context;
	KnownNames **slot;
	uint32 slots;
	uint32 used;
	int64 found; /* since the table was empty */
	bool useless;

	/* by the code of an event, where the dictionary is not kept */
	JourneyName *name;
	uint16 *code;
	int32 codes;

	MatchEvent *event;
	int64 room;
} JourneyCodes;

StaticAssertDecl(PATTERN_MAX_NAMES < PG_UINT16_MAX, "a code of a pattern fits 16 bits");

/* Make room for the names of a journey */
static void
AllocateCodes(const FunnelPlan *plan, JourneyCodes *codes, int32 names)
{
	codes->codes = names;
	codes->name = MemoryContextAlloc(plan->context, names * sizeof(JourneyName));
	codes->code = MemoryContextAlloc(plan->context, names * sizeof(uint16));
}

/* Return how a pattern reads journeys */
static JourneyCodes *
GetCodes(FunnelPlan *plan)
{
	JourneyCodes *codes = plan->journeys;

	if (likely(codes != NULL))
		return codes;
	codes = MemoryContextAllocZero(plan->context, sizeof(JourneyCodes));
	codes->room = FIRST_EVENTS;
	codes->event = MemoryContextAlloc(plan->context, codes->room * sizeof(MatchEvent));
	AllocateCodes(plan, codes, FIRST_CODES);
	codes->context =
		AllocSetContextCreate(plan->context, "cxux names of journeys", ALLOCSET_DEFAULT_SIZES);
	plan->journeys = codes;
	return codes;
}

/* Return eight bytes of a dictionary */
static inline uint64
Word(const char *bytes)
{
	uint64 word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Return a hash of a dictionary */
static inline uint64
HashNames(const char *names, uint32 bytes)
{
	uint64 a = bytes, b = 0;
	uint32 at = 0;

	if (bytes >= sizeof(uint64))
		b = Word(names + bytes - sizeof(uint64));
	else
		memcpy(&b, names, bytes);
	for (; at + 2 * sizeof(uint64) <= bytes; at += 2 * sizeof(uint64))
	{
		a = (a ^ Word(names + at)) * HASH_FIRST;
		b = (b ^ Word(names + at + sizeof(uint64))) * HASH_SECOND;
		a ^= a >> 32;
		b ^= b >> 32;
	}
	if (at + sizeof(uint64) <= bytes)
		a = (a ^ Word(names + at)) * HASH_FIRST;
	a = (a ^ b ^ b >> 29) * HASH_SECOND;
	return a ^ a >> 32;
}

/* Find the codes that names have in the pattern; tell whether one of them can start a chain */
static bool
MapNames(const FunnelPlan *plan, const JourneyCodes *codes, const Journey *journey, uint16 *code)
{
	const MatchClass *class = plan->match.class;
	uint32 entry = plan->match.any_order ? PG_UINT32_MAX : 1;
	uint32 serves = 0;

	JourneyReadNames(journey, codes->name);
	for (int i = 0; i < journey->header.names; i++)
	{
		code[i] = (uint16) PatternCode(&plan->names, codes->name[i].bytes, codes->name[i].length);
		serves |= class[code[i]].serves;
	}
	return (serves & entry) != 0;
}

/* Find the slot of a dictionary in a table: its own, or the free one where it belongs */
static inline KnownNames **
FindSlot(const JourneyCodes *codes, uint64 hash, const char *names, uint32 bytes)
{
	uint32 at = (uint32) hash & (codes->slots - 1);

	for (;;)
	{
		KnownNames *known = codes->slot[at];

		if (known == NULL ||
			(known->hash == hash && known->bytes == bytes &&
			 memcmp(known->names, names, bytes) == 0))
			return &codes->slot[at];
		at = (at + 1) & (codes->slots - 1);
	}
}

/* Make room for another dictionary; false when keeping them does not pay */
static bool
MakeRoom(JourneyCodes *codes)
{
	KnownNames **old = codes->slot;
	uint32 slots = codes->slots;

	if (slots == MOST_SLOTS)
	{
		codes->useless = codes->found < codes->used;
		codes->slot = NULL;
		codes->slots = codes->used = 0;
		codes->found = 0;
		MemoryContextReset(codes->context);
		slots = 0;
		old = NULL;
		if (codes->useless)
			return false;
	}
	codes->slots = (slots == 0) ? FIRST_SLOTS : 2 * slots;
	codes->slot = MemoryContextAllocZero(codes->context, codes->slots * sizeof(KnownNames *));
	for (uint32 i = 0; i < slots; i++)
	{
		if (old[i] != NULL)
			*FindSlot(codes, old[i]->hash, old[i]->names, old[i]->bytes) = old[i];
	}
	if (old != NULL)
		pfree(old);
	return true;
}

/* Return what the names of a journey are to a pattern, or NULL where that is not to be kept */
static inline const KnownNames *
FindNames(FunnelPlan *plan, JourneyCodes *codes, const Journey *journey)
{
	uint32 bytes = journey->header.names_bytes;
	KnownNames *known;
	KnownNames **slot;
	uint64 hash;

	if (journey->header.names > KEPT_MAX_NAMES || bytes > KEPT_MAX_BYTES || codes->useless)
		return NULL;
	hash = HashNames(journey->names, bytes);
	if (likely(codes->slots > 0))
	{
		slot = FindSlot(codes, hash, journey->names, bytes);
		if (likely(*slot != NULL))
		{
			codes->found++;
			return *slot;
		}
	}
	if (codes->used >= codes->slots / 2)
	{
		if (!MakeRoom(codes))
			return NULL;
	}
	slot = FindSlot(codes, hash, journey->names, bytes);
	known = MemoryContextAlloc(codes->context, offsetof(KnownNames, names) + bytes);
	known->hash = hash;
	known->bytes = bytes;
	memcpy(known->names, journey->names, bytes);
	known->can_start = MapNames(plan, codes, journey, known->code);
	*slot = known;
	codes->used++;
	return known;
}

/* Return the codes that the names of a journey have in a pattern; NULL when no chain can start */
static inline const uint16 *
CodesOf(FunnelPlan *plan, JourneyCodes *codes, const Journey *journey)
{
	const KnownNames *known = FindNames(plan, codes, journey);

	if (likely(known != NULL))
		return known->can_start ? known->code : NULL;
	if (journey->header.names > codes->codes)
	{
		pfree(codes->name);
		pfree(codes->code);
		AllocateCodes(plan, codes, JOURNEY_MAX_NAMES);
	}
	return MapNames(plan, codes, journey, codes->code) ? codes->code : NULL;
}

/* Make room for as many events as a journey has */
static void
GrowEvents(const FunnelPlan *plan, JourneyCodes *codes, int64 events)
{
	int64 room = codes->room;
	MatchEvent *event;

	while (room < events)
		room *= 2;
	event = MemoryContextAllocHuge(plan->context, room * sizeof(MatchEvent));
	pfree(codes->event);
	codes->event = event;
	codes->room = room;
}

/* Append an event by its place, if the pattern can see it */
static inline int64
SelectPlace(MatchEvent *event, int64 count, int64 place, uint16 code, bool any)
{
	event[count].at = place;
	event[count].code = code;
	return count + ((code != PATTERN_OTHER) | any);
}

/* Append those of a range of events that a pattern can see, by their places, and count them all */
static int64
SelectPlaces(const Journey *journey, const uint16 *code, bool any, int64 from, int64 until,
			 MatchEvent *event, int64 count)
{
	int bits = journey->header.code_bits;
	int per_word = JOURNEY_MAX_BITS / bits;
	uint64 mask = (UINT64CONST(1) << bits) - 1;

	/* many at once, as long as a word from a byte on lies within the value */
	while (from < until)
	{
		const uint8 *at = journey->codes + from * bits / 8;
		int64 end = Min(from + per_word, until);
		uint64 word;

		if (at + sizeof(uint64) > journey->end)
			break;
		memcpy(&word, at, sizeof(uint64));
#ifdef WORDS_BIGENDIAN
		word = pg_bswap64(word);
#endif
		word >>= from * bits % 8;
		for (; from < end; from++)
		{
			count = SelectPlace(event, count, from, code[word & mask], any);
			word >>= bits;
		}
	}
	for (; from < until; from++)
		count = SelectPlace(event, count, from, code[JourneyCode(journey, from)], any);
	return count;
}

/* Read the times of events given by their places, up to one, inclusive, and count those */
static int64
ReadTimes(const Journey *journey, MatchEvent *event, int64 count, int64 until)
{
	const uint8 *times = journey->times;
	int bits = journey->header.time_bits;
	uint64 first = (uint64) journey->header.first;
	uint64 unit = journey->header.unit;

	for (int64 i = 0, end; i < count;)
	{
		end = Min(count, i + READ_CHUNK);
		CHECK_FOR_INTERRUPTS();
		for (; i < end; i++)
		{
			int64 at = (int64) (first + JourneyNumber(times, bits, event[i].at) * unit);

			if (unlikely(at > until))
				return i;
			event[i].at = at;
		}
	}
	return count;
}

/* Read the events of a journey that a pattern can see, up to a time, inclusive */
SeenEvents
JourneySeen(FunnelPlan *plan, const Journey *journey, int64 until)
{
	JourneyCodes *codes = GetCodes(plan);
	const uint16 *code = CodesOf(plan, codes, journey);
	int64 events = journey->header.events;
	SeenEvents seen = {codes->event, 0};
	int64 count = 0, end;

	if (code == NULL)
		return seen;
	if (unlikely(events > codes->room))
	{
		GrowEvents(plan, codes, events);
		seen.event = codes->event;
	}

	/* places first, as all have a code, and few a time that matters */
	for (int64 i = 0; i < events; i = end)
	{
		end = Min(events, i + READ_CHUNK);
		CHECK_FOR_INTERRUPTS();
		count = SelectPlaces(journey, code, plan->needs_others, i, end, seen.event, count);
	}
	seen.count = ReadTimes(journey, seen.event, count, until);
	return seen;
}

/* Find the chain to keep of a journey */
void
JourneyMatch(FunnelPlan *plan, const Journey *journey, const FunnelOptions *options, Match *match)
{
	SeenEvents seen = JourneySeen(plan, journey, options->as_of);

	MatchEvents(plan->matcher, seen.event, seen.count, options->entered_from,
				options->entered_until, match);
}
