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

/* dictionaries of more names than bits of a word, or of more bytes, are read anew each time */
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

/* what the names of a journey are to a pattern */
typedef struct NameCodes
{
	uint64 seen;        /* bits of those that the pattern can see; none where no chain can start */
	const uint16 *code; /* which each has in the pattern */
} NameCodes;

/* a dictionary: many are in use at a time, so that it lies in as few bytes as can be */
typedef struct KnownNames
{
	uint64 hash;
	uint64 seen;
	uint32 bytes;
	uint16 names;
	uint16 code[FLEXIBLE_ARRAY_MEMBER]; /* of each name; then the bytes of the names */
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

/*
 * Return a hash of a dictionary.
 *
 * Sixteen bytes at a time, the last ones perhaps twice, each multiplied on its
 * own, as there is nothing else to do while one multiplication waits for
 * another.
 */
static inline uint64
HashNames(const char *names, uint32 bytes)
{
	uint64 first = HASH_FIRST, second = HASH_SECOND;
	uint64 tail[2] = {0, 0};
	uint64 hash = bytes;

	for (uint32 at = 0; at + sizeof(tail) < bytes; at += sizeof(tail))
	{
		hash += (Word(names + at) ^ first) * (Word(names + at + sizeof(uint64)) ^ second);
		first += HASH_SECOND;
		second += HASH_FIRST;
	}
	if (likely(bytes >= sizeof(tail)))
		memcpy(tail, names + bytes - sizeof(tail), sizeof(tail));
	else
		memcpy(tail, names, bytes);
	hash += (tail[0] ^ first) * (tail[1] ^ second);
	hash = (hash ^ hash >> 32) * HASH_SECOND;
	return hash ^ hash >> 32;
}

/*
 * Find the codes that names have in the pattern; return bits of those that it
 * can see, for the first 64, or none where no chain can start.
 */
static uint64
MapNames(const FunnelPlan *plan, const JourneyCodes *codes, const Journey *journey, uint16 *code)
{
	const MatchClass *class = plan->match.class;
	uint32 entry = plan->match.any_order ? PG_UINT32_MAX : 1;
	uint32 serves = 0;
	uint64 seen = 0;

	JourneyReadNames(journey, codes->name);
	for (int i = 0; i < journey->header.names; i++)
	{
		code[i] = (uint16) PatternCode(&plan->names, codes->name[i].bytes, codes->name[i].length);
		serves |= class[code[i]].serves;
		if (code[i] != PATTERN_OTHER || plan->needs_others)
			seen |= UINT64CONST(1) << i % KEPT_MAX_NAMES;
	}
	return (serves & entry) ? seen : 0;
}

/* Return the bytes of the names of a dictionary */
static inline char *
KnownBytes(const KnownNames *known)
{
	return (char *) (known->code + known->names);
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
			 memcmp(KnownBytes(known), names, bytes) == 0))
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
			*FindSlot(codes, old[i]->hash, KnownBytes(old[i]), old[i]->bytes) = old[i];
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
	known = MemoryContextAlloc(codes->context,
							   offsetof(KnownNames, code) + journey->header.names * sizeof(uint16) +
								   bytes);
	known->hash = hash;
	known->bytes = bytes;
	known->names = journey->header.names;
	known->seen = MapNames(plan, codes, journey, known->code);
	memcpy(KnownBytes(known), journey->names, bytes);
	*slot = known;
	codes->used++;
	return known;
}

/* Return what the names of a journey are to a pattern; good until the next journey */
static inline NameCodes
CodesOf(FunnelPlan *plan, JourneyCodes *codes, const Journey *journey)
{
	const KnownNames *known = FindNames(plan, codes, journey);

	if (likely(known != NULL))
		return (NameCodes){known->seen, known->code};
	if (journey->header.names > codes->codes)
	{
		pfree(codes->name);
		pfree(codes->code);
		AllocateCodes(plan, codes, JOURNEY_MAX_NAMES);
	}
	return (NameCodes){MapNames(plan, codes, journey, codes->code), codes->code};
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

/* Append an event by its place and the place of its name, if the pattern can see it */
static inline int64
SelectPlace(MatchEvent *event, int64 count, int64 place, int32 name, bool is_seen)
{
	event[count].at = place;
	event[count].code = name;
	return count + is_seen;
}

/* Tell whether a pattern can see an event by the place of its name */
static inline bool
IsSeen(uint64 seen, const uint16 *code, int32 name, bool any)
{
	return (code == NULL) ? (seen >> name) & 1 : (code[name] != PATTERN_OTHER) | any;
}

/*
 * Append those of a range of events that a pattern can see, and count them
 * all: by bits, where there is no table of codes, so that nothing has to be
 * fetched.
 */
static pg_attribute_always_inline int64
SelectPlaces(const Journey *journey, uint64 seen, const uint16 *code, bool any, int64 from,
			 int64 until, MatchEvent *event, int64 count)
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
			int32 name = (int32) (word & mask);

			count = SelectPlace(event, count, from, name, IsSeen(seen, code, name, any));
			word >>= bits;
		}
	}
	for (; from < until; from++)
	{
		int32 name = JourneyCode(journey, from);

		count = SelectPlace(event, count, from, name, IsSeen(seen, code, name, any));
	}
	return count;
}

/*
 * Read the times of events given by their places, up to one, inclusive, and
 * count those; turn the places of their names into codes.
 */
static inline int64
ReadTimes(const Journey *journey, const uint16 *code, MatchEvent *event, int64 count, int64 until)
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
			event[i].code = code[event[i].code];
		}
	}
	return count;
}

/* Read the events of a journey that a pattern can see, up to a time, inclusive */
SeenEvents
JourneySeen(FunnelPlan *plan, const Journey *journey, int64 until)
{
	JourneyCodes *codes = GetCodes(plan);
	NameCodes names = CodesOf(plan, codes, journey);
	int64 events = journey->header.events;
	SeenEvents seen = {codes->event, 0};
	int64 count = 0, end;

	if (names.seen == 0)
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
		if (likely(journey->header.names <= KEPT_MAX_NAMES))
			count = SelectPlaces(journey, names.seen, NULL, false, i, end, seen.event, count);
		else
			count =
				SelectPlaces(journey, 0, names.code, plan->needs_others, i, end, seen.event, count);
	}
	seen.count = ReadTimes(journey, names.code, seen.event, count, until);
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
