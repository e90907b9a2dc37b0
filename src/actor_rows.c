/*
 * actor_rows.c
 *		Collects events of many actors, and hands them over actor by actor, each in time order.
 *
 * Rows lie in one array.  A bigint actor is its own key; others are numbered by a dictionary, so
 * that rows have one size.  In the end a radix sort, which is stable, puts the rows of an actor
 * next to each other; rows that came in time order then need no other sort.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

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

/* Forget all rows in memory, but keep the room for them */
static void
ForgetRows(ActorRows *rows)
{
	rows->count = 0;
	if (rows->names != NULL)
		ActorNamesReset(rows->names);
}

/* Write all rows to the files of the group, and forget them */
static void
SpillRows(ActorRows *rows)
{
	if (rows->spill == NULL)
		rows->spill = ActorSpillCreate(rows->set, rows->level);
	for (int64 i = 0; i < rows->count; i++)
	{
		const ActorRow *row = &rows->row[i];
		ActorName name = {sizeof(int64), (const char *) &row->actor};

		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		if (rows->names != NULL)
			name = ActorNamesGet(rows->names, row->actor);
		ActorSpillWrite(rows->spill, &name, row->at, row->code);
	}
	ForgetRows(rows);
}

/* Make room for more rows, in memory or by writing them to files */
static pg_noinline void
GrowRows(ActorRows *rows, FunctionCallInfo fcinfo)
{
	Size size = rows->space * sizeof(ActorRow);

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
	rows->space *= 2;
	rows->row = repalloc_huge(rows->row, rows->space * sizeof(ActorRow));
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
	AppendRow(rows, fcinfo, actor, at, code);
}

/* Add an event */
void
ActorRowsAdd(ActorRows *rows, FunctionCallInfo fcinfo, Datum actor, int64 at, int32 code)
{
	ActorName name;

	if (rows->kind == ACTOR_BIGINT)
	{
		AppendRow(rows, fcinfo, DatumGetInt64(actor), at, code);
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

/* Put the rows of an actor next to each other; actors whose keys are equal may be mixed */
static void
SortRows(ActorRows *rows, const SortKey *key)
{
	ActorRow *spare;

	if (rows->count <= FEW_ROWS)
	{
		qsort(rows->row, rows->count, sizeof(ActorRow), CompareRows);
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

/* Tell whether rows are of one actor and in time order */
static bool
IsOneActorInOrder(const ActorRow *row, int64 count)
{
	for (int64 i = 1; i < count; i++)
	{
		if (row[i].actor != row[0].actor || row[i].at < row[i - 1].at)
			return false;
	}
	return true;
}

/* Hand over rows in memory actor by actor */
static void
VisitRows(ActorRows *rows, ActorFunction function, void *context)
{
	SortKey key = ChooseSortKey(rows->row, rows->count);
	MatchEvent *events = NULL;
	int64 space = 0;

	SortRows(rows, &key);
	for (int64 from = 0, until; from < rows->count; from = until)
	{
		ActorRow *row = &rows->row[from];
		uint64 row_key = RowKey(row, &key);

		CHECK_FOR_INTERRUPTS();
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
		if (!IsOneActorInOrder(row, until - from))
		{
			qsort(row, until - from, sizeof(ActorRow), CompareRows);
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

	if (rows->spill == NULL)
	{
		if (rows->count > 0)
			VisitRows(rows, function, context);
		return;
	}

	/* a part that does not fit the memory either is parted again, by other bits of the hash */
	SpillRows(rows);
	spill = rows->spill;
	rows->level++;
	for (int part = 0; part < ActorSpillParts(spill); part++)
	{
		rows->spill = NULL;
		ReadRows(rows, fcinfo, spill, part);
		ActorRowsVisit(rows, fcinfo, function, context);
		ForgetRows(rows);
	}
	rows->level--;
}
