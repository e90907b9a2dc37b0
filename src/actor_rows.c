/*
 * actor_rows.c
 *		Collects events of many actors, and hands them over actor by actor, each in time order.
 *
 * Rows lie in one array.  A bigint actor is its own key; others are numbered by a dictionary, so
 * that rows have one size.  In the end a radix sort, which is stable, puts the rows of an actor
 * next to each other; rows that came in time order then need no other sort.
 *
 * Rows that are to be combined are found by a hash of actor and code with linear probing.  The
 * table is at most half full.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "actor_progress.h"
#include "actor_rows.h"
#include "compat.h"

/* room at first, small for groups of one actor */
#define FIRST_ROWS 2

/* rows between two looks at interrupts */
#define INTERRUPT_ROWS 65536

/* a digit of the radix sort, and the keys that are worth sorting by all of their digits */
#define RADIX_BITS 11
#define RADIX_SIZE (1 << RADIX_BITS)
#define MAX_KEY_BITS (3 * RADIX_BITS)

/* below so many rows counting digits costs more than comparing */
#define FEW_ROWS 64

/* bits of a hashed key for each row's own place, beyond those that number the rows */
#define SPARE_HASH_BITS 3

/* Knuth's multiplicative hashing: 2^64 over the golden ratio, whose high bits all bits change */
#define HASH_FACTOR UINT64CONST(0x9E3779B97F4A7C15)

/* so many rows to be combined are looked for one by one */
#define FEW_COMBINED 8

/* with room for so many rows to be combined they wait, and so many do */
#define MANY_COMBINED 4096
#define MAX_WAITING 64

/* numbers of rows are counted from one in 32 bits */
#define MAX_COMBINED ((int64) PG_UINT32_MAX / 4)

/* an odd number that spreads codes */
#define CODE_FACTOR UINT64CONST(0xC2B2AE3D27D4EB4F)

struct ActorIndex
{
	int shift;    /* of a hash, which leaves the number of a slot */
	uint32 *slot; /* numbers of rows by hash, counted from one */
	/* rows whose place is on its way from memory */
	int waiting_count;
	int waiting_done;
	ActorRow *waiting; /* NULL for few rows */
};

/* what a row is sorted by: an order of actors, not theirs */
typedef struct SortKey
{
	int64 least; /* subtracted from keys that lie close together */
	bool hashed; /* too far apart: a hash of them, which others may share */
	int bits;
} SortKey;

/* Begin a collection in the memory of an aggregate */
void
ActorRowsBegin(ActorRows *rows, MemoryContext context, ActorKind kind)
{
	memset(rows, 0, sizeof(ActorRows));
	rows->context = context;
	rows->kind = kind;
	if (kind != ACTOR_BIGINT)
		rows->names = ActorNamesCreate(context);
}

/* Begin a collection whose rows of the same actor and code become one */
void
ActorRowsBeginCombined(ActorRows *rows, MemoryContext context, ActorKind kind, ActorCombine combine)
{
	ActorRowsBegin(rows, context, kind);
	rows->combine = combine;
}

/* Return how many slots there are for so many rows, a power of two as that is */
static inline Size
SlotCount(int64 space)
{
	return 2 * (Size) space;
}

/* Return the bytes that rows take, with what finds them */
static Size
RowsSize(const ActorRows *rows)
{
	Size size = rows->space * sizeof(ActorRow);

	if (rows->index != NULL)
		size += SlotCount(rows->space) * sizeof(uint32);
	return size;
}

/* Return the slot at which to look for an actor and a code */
static inline Size
FirstSlot(const ActorRows *rows, int64 actor, int32 code)
{
	return (((uint64) actor ^ ((uint32) code * CODE_FACTOR)) * HASH_FACTOR) >> rows->index->shift;
}

/* Return the slot of an actor and a code: that of their row, or the empty one where it belongs */
static inline uint32 *
FindSlot(const ActorRows *rows, int64 actor, int32 code)
{
	Size mask = SlotCount(rows->space) - 1;
	Size place = FirstSlot(rows, actor, code);

	for (; rows->index->slot[place] != 0; place = (place + 1) & mask)
	{
		const ActorRow *row = &rows->row[rows->index->slot[place] - 1];

		if (row->actor == actor && row->code == code)
			break;
	}
	return &rows->index->slot[place];
}

/* Make slots for all rows there is room for */
static void
RebuildSlots(ActorRows *rows)
{
	Size size = SlotCount(rows->space) * sizeof(uint32);

	if (rows->space > MAX_COMBINED)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different actors in one group"),
				 errhint("Group by actor first, and merge the summaries with rollup().")));
	if (rows->index == NULL)
		rows->index = MemoryContextAllocZero(rows->context, sizeof(ActorIndex));
	if (rows->index->slot != NULL)
		pfree(rows->index->slot);
	rows->index->shift = 64 - pg_leftmost_one_pos64(SlotCount(rows->space));
	rows->index->slot =
		MemoryContextAllocExtended(rows->context, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int64 i = 0; i < rows->count; i++)
	{
		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		*FindSlot(rows, rows->row[i].actor, rows->row[i].code) = (uint32) i + 1;
	}
}

/* Return the row of an actor and a code, or NULL where there is none */
static inline ActorRow *
FindRow(const ActorRows *rows, int64 actor, int32 code)
{
	uint32 number;

	if (rows->index == NULL)
	{
		for (int64 i = 0; i < rows->count; i++)
		{
			if (rows->row[i].actor == actor && rows->row[i].code == code)
				return &rows->row[i];
		}
		return NULL;
	}
	number = *FindSlot(rows, actor, code);
	return (number == 0) ? NULL : &rows->row[number - 1];
}

/* Forget all rows in memory, but keep the room for them */
static void
ForgetRows(ActorRows *rows)
{
	rows->count = 0;
	if (rows->index != NULL)
	{
		memset(rows->index->slot, 0, SlotCount(rows->space) * sizeof(uint32));
		rows->index->waiting_count = rows->index->waiting_done = 0;
	}
	if (rows->names != NULL)
		ActorNamesReset(rows->names);
}

/* Write rows to the files of the group */
static void
WriteRows(ActorRows *rows, const ActorRow *row, int64 count)
{
	for (int64 i = 0; i < count; i++)
	{
		ActorName name = {sizeof(int64), (const char *) &row[i].actor};

		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		if (rows->names != NULL)
			name = ActorNamesGet(rows->names, row[i].actor);
		ActorSpillWrite(rows->spill, &name, row[i].at, row[i].code);
	}
}

/* Show each million of rows that are collected, but not those that are read back */
static void
ShowCollected(const ActorRows *rows, int64 before, int64 count)
{
	if (rows->level == 0 && before / ACTOR_PROGRESS_ROWS < count / ACTOR_PROGRESS_ROWS)
		ActorProgressCollected(count);
}

/* Write all rows, those that wait, too, to the files of the group, and forget them */
static void
SpillRows(ActorRows *rows)
{
	int64 before;

	if (rows->spill == NULL)
		rows->spill = ActorSpillCreate(rows->set, rows->level);
	before = ActorSpillRows(rows->spill);
	WriteRows(rows, rows->row, rows->count);
	if (rows->index != NULL && rows->index->waiting != NULL)
		WriteRows(rows, rows->index->waiting + rows->index->waiting_done,
				  rows->index->waiting_count - rows->index->waiting_done);
	ShowCollected(rows, before, ActorSpillRows(rows->spill));
	ForgetRows(rows);
}

/* Make room for more rows, in memory or by writing them to files */
static pg_noinline void
GrowRows(ActorRows *rows, FunctionCallInfo fcinfo)
{
	Size size = RowsSize(rows);
	int64 written;

	if (size >= ACTOR_SPILL_MIN_SIZE && rows->level < ACTOR_SPILL_MAX_LEVEL)
	{
		if (rows->set == NULL)
			rows->set = ActorSpillSetFind(fcinfo, rows->context);
		if (ActorSpillIsDue(rows->set, size))
		{
			SpillRows(rows);
			return;
		}
	}
	if (rows->row == NULL)
	{
		rows->space = FIRST_ROWS;
		rows->row = MemoryContextAlloc(rows->context, rows->space * sizeof(ActorRow));
		return;
	}
	written = (rows->spill != NULL) ? ActorSpillRows(rows->spill) : 0;
	ShowCollected(rows, written + rows->count / 2, written + rows->count);
	rows->space *= 2;
	rows->row = repalloc_huge(rows->row, rows->space * sizeof(ActorRow));
	if (rows->combine == NULL || rows->space <= FEW_COMBINED)
		return;
	RebuildSlots(rows);
	if (rows->space >= MANY_COMBINED && rows->index->waiting == NULL)
		rows->index->waiting = MemoryContextAlloc(rows->context, MAX_WAITING * sizeof(ActorRow));
}

/* Append a row whose actor is a key */
static inline void
AppendRow(ActorRows *rows, FunctionCallInfo fcinfo, int64 actor, int64 at, int32 code)
{
	ActorRow *row;

	if (unlikely(rows->count >= rows->space))
		GrowRows(rows, fcinfo);
	row = &rows->row[rows->count++];
	row->actor = actor;
	row->at = at;
	row->code = code;
}

/* Put what a row has into that of the same actor and code, a new one where there is none */
static inline void
CombineRow(ActorRows *rows, FunctionCallInfo fcinfo, int64 actor, int64 at, int32 code)
{
	ActorRow *row = FindRow(rows, actor, code);

	if (row != NULL)
	{
		row->at = rows->combine(code, row->at, at);
		return;
	}
	AppendRow(rows, fcinfo, actor, at, code);
	if (rows->index != NULL)
		*FindSlot(rows, actor, code) = (uint32) rows->count;
}

/* Combine the rows that wait */
static pg_noinline void
CombineWaiting(ActorRows *rows, FunctionCallInfo fcinfo)
{
	for (int i = 0; i < rows->index->waiting_count; i++)
	{
		const ActorRow *waiting = &rows->index->waiting[i];
		uint32 number = rows->index->slot[FirstSlot(rows, waiting->actor, waiting->code)];

		if (number > 0)
			__builtin_prefetch(&rows->row[number - 1], 1);
	}
	while (rows->index->waiting_done < rows->index->waiting_count)
	{
		const ActorRow *waiting;

		/* this may write them all, and then none is left */
		if (rows->count >= rows->space)
		{
			GrowRows(rows, fcinfo);
			continue;
		}
		waiting = &rows->index->waiting[rows->index->waiting_done++];
		CombineRow(rows, fcinfo, waiting->actor, waiting->at, waiting->code);
	}
	rows->index->waiting_count = rows->index->waiting_done = 0;
}

/* Let a row wait until what it needs has come from memory */
static inline void
LetWait(ActorRows *rows, FunctionCallInfo fcinfo, int64 actor, int64 at, int32 code)
{
	ActorRow *waiting = &rows->index->waiting[rows->index->waiting_count++];

	waiting->actor = actor;
	waiting->at = at;
	waiting->code = code;
	__builtin_prefetch(&rows->index->slot[FirstSlot(rows, actor, code)], 1);
	if (rows->index->waiting_count == MAX_WAITING)
		CombineWaiting(rows, fcinfo);
}

/* Add what is known of an actor that is a key */
static inline void
AddKeyedRow(ActorRows *rows, FunctionCallInfo fcinfo, int64 actor, int64 at, int32 code)
{
	if (rows->combine == NULL)
		AppendRow(rows, fcinfo, actor, at, code);
	else if (rows->index == NULL || rows->index->waiting == NULL)
		CombineRow(rows, fcinfo, actor, at, code);
	else
		LetWait(rows, fcinfo, actor, at, code);
}

/* Add an event of an actor that is written as bytes */
static void
AddNamedRow(ActorRows *rows, FunctionCallInfo fcinfo, const ActorName *name, int64 at, int32 code)
{
	int64 actor;

	/* growing may write rows and forget the names, so that comes first */
	if (rows->count >= rows->space)
		GrowRows(rows, fcinfo);
	if (rows->kind == ACTOR_BIGINT)
		memcpy(&actor, name->data, sizeof(int64));
	else
		actor = ActorNamesFind(rows->names, name);
	AddKeyedRow(rows, fcinfo, actor, at, code);
}

/* Add an event */
void
ActorRowsAdd(ActorRows *rows, FunctionCallInfo fcinfo, Datum actor, int64 at, int32 code)
{
	ActorName name;

	if (rows->kind == ACTOR_BIGINT)
	{
		AddKeyedRow(rows, fcinfo, DatumGetInt64(actor), at, code);
		return;
	}
	if (rows->kind == ACTOR_UUID)
	{
		name.length = UUID_LEN;
		name.data = (const char *) DatumGetUUIDP(actor)->data;
	}
	else
	{
		text *value = DatumGetTextPP(actor);

		name.length = VARSIZE_ANY_EXHDR(value);
		name.data = VARDATA_ANY(value);
	}
	AddNamedRow(rows, fcinfo, &name, at, code);
}

/* Return how many bits a number takes */
static int
CountBits(uint64 number)
{
	return (number == 0) ? 0 : pg_leftmost_one_pos64(number) + 1;
}

/* Choose what to sort rows by */
static SortKey
ChooseSortKey(const ActorRow *row, int64 count)
{
	SortKey key = {PG_INT64_MAX, false, 0};
	int64 most = PG_INT64_MIN;

	for (int64 i = 0; i < count; i++)
	{
		key.least = Min(key.least, row[i].actor);
		most = Max(most, row[i].actor);
	}
	key.bits = CountBits((uint64) most - (uint64) key.least);
	if (key.bits > MAX_KEY_BITS)
	{
		key.hashed = true;
		key.bits = Min(CountBits((uint64) count) + SPARE_HASH_BITS, MAX_KEY_BITS);
	}
	return key;
}

/* Return what a row is sorted by */
static inline uint64
RowKey(const ActorRow *row, const SortKey *key)
{
	if (key->hashed)
		return ((uint64) row->actor * HASH_FACTOR) >> (64 - key->bits);
	return (uint64) row->actor - (uint64) key->least;
}

/* Move rows to where their digit belongs, those of equal digits in the order they have */
static void
SortByDigit(const ActorRow *from, ActorRow *into, int64 count, const SortKey *key, int shift)
{
	int64 place[RADIX_SIZE] = {0};
	int64 sum = 0;

	for (int64 i = 0; i < count; i++)
		place[(RowKey(&from[i], key) >> shift) & (RADIX_SIZE - 1)]++;
	for (int digit = 0; digit < RADIX_SIZE; digit++)
	{
		int64 rows = place[digit];

		place[digit] = sum;
		sum += rows;
	}
	for (int64 i = 0; i < count; i++)
	{
		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		into[place[(RowKey(&from[i], key) >> shift) & (RADIX_SIZE - 1)]++] = from[i];
	}
}

/* Order two rows by actor and time */
static int
CompareRows(const void *a, const void *b)
{
	const ActorRow *row_a = a;
	const ActorRow *row_b = b;

	if (row_a->actor != row_b->actor)
		return (row_a->actor < row_b->actor) ? -1 : 1;
	if (row_a->at != row_b->at)
		return (row_a->at < row_b->at) ? -1 : 1;
	return row_a->code - row_b->code;
}

/* Order two combined rows by actor and code */
static int
CompareCombined(const void *a, const void *b)
{
	const ActorRow *row_a = a;
	const ActorRow *row_b = b;

	if (row_a->actor != row_b->actor)
		return (row_a->actor < row_b->actor) ? -1 : 1;
	return (row_a->code > row_b->code) - (row_a->code < row_b->code);
}

/* Sort rows by actor and what else they are handed over by */
static void
SortActors(const ActorRows *rows, ActorRow *row, int64 count)
{
	qsort(row, count, sizeof(ActorRow), (rows->combine != NULL) ? CompareCombined : CompareRows);
}

/* Put the rows of an actor next to each other; actors whose keys are equal may be mixed */
static void
SortRows(ActorRows *rows, const SortKey *key)
{
	ActorRow *spare;

	if (rows->count <= FEW_ROWS)
	{
		SortActors(rows, rows->row, rows->count);
		return;
	}
	spare = MemoryContextAllocHuge(rows->context, rows->space * sizeof(ActorRow));
	for (int shift = 0; shift < key->bits; shift += RADIX_BITS)
	{
		ActorRow *sorted = spare;

		SortByDigit(rows->row, sorted, rows->count, key, shift);
		spare = rows->row;
		rows->row = sorted;
	}
	pfree(spare);
}

/* Tell whether rows are of one actor and in the order they are handed over in */
static bool
IsOneActorInOrder(const ActorRows *rows, const ActorRow *row, int64 count)
{
	bool by_code = rows->combine != NULL;

	for (int64 i = 1; i < count; i++)
	{
		if (row[i].actor != row[0].actor ||
			(by_code ? row[i].code < row[i - 1].code : row[i].at < row[i - 1].at))
			return false;
	}
	return true;
}

/* Show how many rows are counted, and return at which one to show it again */
static pg_noinline int64
ShowCounted(int64 counted, int64 count)
{
	int step = counted * ACTOR_PROGRESS_STEPS / count;

	ActorProgressCounted(count, step);
	return (step + 1) * count / ACTOR_PROGRESS_STEPS;
}

/* Hand over rows in memory actor by actor */
static void
VisitRows(ActorRows *rows, ActorFunction function, void *context)
{
	SortKey key = ChooseSortKey(rows->row, rows->count);
	MatchEvent *events = NULL;
	int64 space = 0;
	int64 show_at = PG_INT64_MAX;

	if (rows->level == 0 && rows->count >= ACTOR_PROGRESS_ROWS)
		show_at = ShowCounted(0, rows->count);
	SortRows(rows, &key);
	for (int64 from = 0, until; from < rows->count; from = until)
	{
		ActorRow *row = &rows->row[from];
		uint64 row_key = RowKey(row, &key);

		CHECK_FOR_INTERRUPTS();
		if (unlikely(from >= show_at))
			show_at = ShowCounted(from, rows->count);
		for (until = from + 1; until < rows->count; until++)
		{
			if (RowKey(&rows->row[until], &key) != row_key)
				break;
		}
		if (until - from > space)
		{
			if (events != NULL)
				pfree(events);
			space = Max(2 * space, until - from);
			events = MemoryContextAllocHuge(rows->context, space * sizeof(MatchEvent));
		}
		if (!IsOneActorInOrder(rows, row, until - from))
		{
			SortActors(rows, row, until - from);
			for (int64 i = 1; i < until - from; i++)
			{
				if (row[i].actor != row[0].actor)
					until = from + i;
			}
		}
		for (int64 i = 0; i < until - from; i++)
		{
			events[i].at = row[i].at;
			events[i].code = row[i].code;
		}
		function(events, until - from, context);
	}
	if (events != NULL)
		pfree(events);
	if (show_at != PG_INT64_MAX)
		ActorProgressEnd();
}

/* Read rows back from a file of the group, which then takes no more */
static void
ReadRows(ActorRows *rows, FunctionCallInfo fcinfo, ActorSpill *spill, int part)
{
	ActorName name;
	int64 at;
	int32 code;

	while (ActorSpillRead(spill, part, &name, &at, &code))
		AddNamedRow(rows, fcinfo, &name, at, code);
}

/* Hand over the events of each actor; the collection is empty then */
void
ActorRowsVisit(ActorRows *rows, FunctionCallInfo fcinfo, ActorFunction function, void *context)
{
	ActorSpill *spill;
	bool is_shown;

	if (rows->index != NULL && rows->index->waiting != NULL)
		CombineWaiting(rows, fcinfo);
	if (rows->spill == NULL)
	{
		if (rows->count > 0)
			VisitRows(rows, function, context);
		return;
	}

	/* a part that does not fit the memory either is parted again, by other bits of the hash */
	SpillRows(rows);
	spill = rows->spill;
	is_shown = rows->level == 0 && ActorSpillRows(spill) >= ACTOR_PROGRESS_ROWS;
	rows->level++;
	for (int part = 0; part < ActorSpillParts(spill); part++)
	{
		if (is_shown)
			ActorProgressCounted(ActorSpillRows(spill),
								 part * ACTOR_PROGRESS_STEPS / ActorSpillParts(spill));
		rows->spill = NULL;
		ReadRows(rows, fcinfo, spill, part);
		ActorRowsVisit(rows, fcinfo, function, context);
		ForgetRows(rows);
	}
	rows->level--;
	if (is_shown)
		ActorProgressEnd();
}
