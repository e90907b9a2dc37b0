/*
 * actor_rows.c
 *		Collects events of many actors, and hands them over actor by actor, each in time order.
 *
 * A bigint actor is its own key; others are numbered by a dictionary, so that rows have one size.
 * A few rows lie in one array; more of them go from there to parts by actor.  In the end a radix
 * sort, which is stable, puts the rows of an actor next to each other, part by part; rows that came
 * in time order then need no other sort.
 *
 * A few rows that are to be combined are as they come; more of them wait in their parts for each
 * other.
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

/* so many rows wait to go to their parts together; where there are fewer, nothing is parted */
#define BUFFER_ROWS 8192

/* arrays of the rows of a part while they are sorted */
#define SORT_ARRAYS 2

/* what rows in one array take more once there is twice the room for them, and to sort them */
#define SORT_GROWTH (1 + SORT_ARRAYS)

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

/* what a row is sorted by: an order of actors, not theirs */
typedef struct SortKey
{
	int64 least; /* subtracted from keys that lie close together */
	bool hashed; /* too far apart: a hash of them, which others may share */
	int skip;    /* high bits of the hash that all of them share */
	int bits;
} SortKey;

/* what rows are handed over to */
typedef struct ActorVisit
{
	const ActorRows *rows;
	ActorFunction function;
	void *context;
	MatchEvent *event; /* those of one actor */
	int64 events;      /* room for them */
	int64 count;       /* of all rows */
	int64 counted;     /* of those handed over */
	int64 show_at;     /* how many of them are to be shown next */
} ActorVisit;

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

/* Forget all rows in memory, but keep the room for them */
static void
ForgetRows(ActorRows *rows)
{
	ActorArrayForget(&rows->array);
	if (rows->parts != NULL)
		ActorPartsForget(rows->parts);
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

/* Return how many rows there are by now, in memory and in files */
static int64
CountCollected(const ActorRows *rows)
{
	int64 count = rows->array.count;

	if (rows->parts != NULL)
		count += rows->parts->count;
	return (rows->spill != NULL) ? count + ActorSpillRows(rows->spill) : count;
}

/* Show each million of rows that are collected, but not those that are read back */
static void
ShowCollected(ActorRows *rows)
{
	int64 count = CountCollected(rows);

	/* rows that become one make the count fall */
	if (rows->level > 0 || count / ACTOR_PROGRESS_ROWS <= rows->shown)
		return;
	rows->shown = count / ACTOR_PROGRESS_ROWS;
	ActorProgressCollected(count);
}

/* Write all rows, those that wait, too, to the files of the group, and forget them */
static void
SpillRows(ActorRows *rows)
{
	if (rows->spill == NULL)
		rows->spill = ActorSpillCreate(rows->set, rows->level);
	for (int part = 0; rows->parts != NULL && part < ACTOR_PARTS; part++)
	{
		const ActorPart *from = &rows->parts->part[part];

		for (const ActorBlock *block = from->first; block != NULL; block = block->next)
			WriteRows(rows, block->row, ActorBlockCount(from, block));
		if (rows->combine != NULL)
			WriteRows(rows, rows->parts->combined[part].row, rows->parts->combined[part].count);
	}
	WriteRows(rows, rows->array.row, rows->array.count);
	ForgetRows(rows);
	ShowCollected(rows);
}

/* Write all rows to files if it is time, which it may be when they take so much more */
static bool
SpillIfDue(ActorRows *rows, FunctionCallInfo fcinfo, Size growth)
{
	if (rows->level >= ACTOR_SPILL_MAX_LEVEL)
		return false;
	if (rows->set == NULL)
		rows->set = ActorSpillSetFind(fcinfo, rows->context);
	if (!ActorSpillIsDue(rows->set, growth))
		return false;
	SpillRows(rows);
	return true;
}

/* Move the rows that wait to their parts, or write all to files */
static void
PartRows(ActorRows *rows, FunctionCallInfo fcinfo)
{
	Size largest = (rows->parts != NULL) ? rows->parts->largest : 0;

	if (SpillIfDue(rows, fcinfo, ActorArraySize(&rows->array) + SORT_ARRAYS * largest))
		return;
	ShowCollected(rows);
	if (rows->parts == NULL)
	{
		rows->parts = ActorPartsCreate(rows->context, rows->combine);
		ActorArrayFreeSlots(&rows->array);
	}
	ActorPartsAdd(rows->parts, rows->array.row, rows->array.count);
	ActorArrayForget(&rows->array);
	for (int part = 0; rows->combine != NULL && part < ACTOR_PARTS; part++)
	{
		if (!ActorPartIsDue(rows->parts, part))
			continue;
		if (SpillIfDue(rows, fcinfo, SORT_GROWTH * rows->parts->largest))
			return;
		ActorPartCombine(rows->parts, part);
	}
}

/* Make room for more rows, in memory or by writing them to files */
pg_noinline void
ActorRowsGrow(ActorRows *rows, FunctionCallInfo fcinfo)
{
	Size size = ActorArraySize(&rows->array);

	if (rows->array.space >= BUFFER_ROWS)
	{
		PartRows(rows, fcinfo);
		return;
	}
	if (size >= ACTOR_SPILL_MIN_SIZE && SpillIfDue(rows, fcinfo, SORT_GROWTH * size))
		return;
	ShowCollected(rows);
	ActorArrayGrow(&rows->array, rows->context, Max(2 * rows->array.space, FIRST_ROWS),
				   rows->combine != NULL && rows->parts == NULL);
}

/* Append a row whose actor is a key */
static inline void
AppendRow(ActorRows *rows, FunctionCallInfo fcinfo, const ActorRow *row)
{
	if (unlikely(rows->array.count >= rows->array.space))
		ActorRowsGrow(rows, fcinfo);
	rows->array.row[rows->array.count++] = *row;
}

/* Add what is known of an actor that is a key */
static inline void
AddKeyedRow(ActorRows *rows, FunctionCallInfo fcinfo, int64 actor, int64 at, int32 code)
{
	ActorRow row = {actor, at, code};

	while (rows->combine != NULL && rows->parts == NULL)
	{
		if (ActorArrayCombine(&rows->array, rows->combine, &row, 1) > 0)
			return;
		ActorRowsGrow(rows, fcinfo);
	}
	AppendRow(rows, fcinfo, &row);
}

/* Add an event of an actor that is written as bytes */
static void
AddNamedRow(ActorRows *rows, FunctionCallInfo fcinfo, const ActorName *name, int64 at, int32 code)
{
	int64 actor;

	/* growing may write rows and forget the names, so that comes first */
	if (rows->array.count >= rows->array.space)
		ActorRowsGrow(rows, fcinfo);
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

/* Return how often rows are moved to sort them by so many bits */
static int
CountPasses(int bits)
{
	return (bits + RADIX_BITS - 1) / RADIX_BITS;
}

/* Choose what to sort rows by, whose hashes share some high bits */
static SortKey
ChooseSortKey(const ActorRow *row, int64 count, int skip)
{
	SortKey key = {PG_INT64_MAX, false, skip, 0};
	int hash_bits = Min(CountBits((uint64) count) + SPARE_HASH_BITS, MAX_KEY_BITS);
	int64 most = PG_INT64_MIN;

	for (int64 i = 0; i < count; i++)
	{
		key.least = Min(key.least, row[i].actor);
		most = Max(most, row[i].actor);
	}
	key.bits = CountBits((uint64) most - (uint64) key.least);
	if (CountPasses(key.bits) > CountPasses(hash_bits))
	{
		key.hashed = true;
		key.bits = hash_bits;
	}
	return key;
}

/* Return what a row is sorted by */
static inline uint64
RowKey(const ActorRow *row, const SortKey *key)
{
	if (key->hashed)
		return (ActorHash(row->actor) << key->skip) >> (64 - key->bits);
	return (uint64) row->actor - (uint64) key->least;
}

/* Move rows to where a digit of their keys belongs, those of equal digits in the order they have */
static void
SortByDigit(const ActorRow *from, ActorRow *into, int64 count, const SortKey *key, int shift,
			int bits)
{
	uint64 mask = (UINT64CONST(1) << bits) - 1;
	int64 place[RADIX_SIZE];
	int64 sum = 0;

	memset(place, 0, (mask + 1) * sizeof(int64));
	for (int64 i = 0; i < count; i++)
		place[(RowKey(&from[i], key) >> shift) & mask]++;
	for (uint64 digit = 0; digit <= mask; digit++)
	{
		int64 rows = place[digit];

		place[digit] = sum;
		sum += rows;
	}
	for (int64 i = 0; i < count; i++)
	{
		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		into[place[(RowKey(&from[i], key) >> shift) & mask]++] = from[i];
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

/*
 * Put the rows of an actor next to each other; actors whose keys are equal may be mixed.
 *
 * Returns those of the two arrays in which they are then.
 */
static ActorRow *
SortRows(const ActorRows *rows, ActorRow *row, ActorRow *spare, int64 count, const SortKey *key)
{
	int passes = CountPasses(key->bits);
	int bits;

	if (count <= FEW_ROWS)
	{
		SortActors(rows, row, count);
		return row;
	}
	if (passes == 0)
		return row;
	bits = (key->bits + passes - 1) / passes;
	for (int pass = 0; pass < passes; pass++)
	{
		ActorRow *sorted = spare;

		SortByDigit(row, sorted, count, key, pass * bits, bits);
		spare = row;
		row = sorted;
	}
	return row;
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

/* Show how many rows are counted */
static pg_noinline void
ShowCounted(ActorVisit *visit)
{
	int step = visit->counted * ACTOR_PROGRESS_STEPS / visit->count;

	ActorProgressCounted(visit->count, step);
	visit->show_at = (step + 1) * visit->count / ACTOR_PROGRESS_STEPS;
}

/* Hand over the rows of one actor */
static void
VisitActor(ActorVisit *visit, const ActorRow *row, int64 count)
{
	if (unlikely(count > visit->events))
	{
		if (visit->event != NULL)
			pfree(visit->event);
		visit->events = Max(2 * visit->events, count);
		visit->event =
			MemoryContextAllocHuge(visit->rows->context, visit->events * sizeof(MatchEvent));
	}
	for (int64 i = 0; i < count; i++)
	{
		visit->event[i].at = row[i].at;
		visit->event[i].code = row[i].code;
	}
	if (unlikely(visit->counted >= visit->show_at))
		ShowCounted(visit);
	visit->function(visit->event, count, visit->context);
	visit->counted += count;
}

/* Sort rows, with room for as many, and hand them over actor by actor */
static void
VisitArray(ActorVisit *visit, ActorRow *array, ActorRow *spare, int64 count, int skip)
{
	SortKey key = ChooseSortKey(array, count, skip);
	ActorRow *sorted = SortRows(visit->rows, array, spare, count, &key);

	for (int64 from = 0, until; from < count; from = until)
	{
		ActorRow *row = &sorted[from];
		uint64 row_key = RowKey(row, &key);

		CHECK_FOR_INTERRUPTS();
		for (until = from + 1; until < count; until++)
		{
			if (RowKey(&sorted[until], &key) != row_key)
				break;
		}
		if (!IsOneActorInOrder(visit->rows, row, until - from))
		{
			SortActors(visit->rows, row, until - from);
			for (int64 i = 1; i < until - from; i++)
			{
				if (row[i].actor != row[0].actor)
					until = from + i;
			}
		}
		VisitActor(visit, row, until - from);
	}
}

/* Hand over the rows of all parts actor by actor */
static void
VisitParts(ActorVisit *visit, const ActorParts *parts)
{
	ActorRow *array[SORT_ARRAYS];

	for (int i = 0; i < SORT_ARRAYS; i++)
		array[i] = MemoryContextAllocHuge(parts->context, parts->largest);
	for (int i = 0; i < ACTOR_PARTS; i++)
	{
		const ActorPart *part = &parts->part[i];

		CHECK_FOR_INTERRUPTS();
		ActorPartCopy(part, array[0]);
		VisitArray(visit, array[0], array[1], ActorPartCount(part), ACTOR_PART_BITS);
	}
	for (int i = 0; i < SORT_ARRAYS; i++)
		pfree(array[i]);
}

/* Hand over the combined rows of all parts actor by actor */
static void
VisitCombined(ActorVisit *visit, const ActorParts *parts)
{
	ActorRow *spare = MemoryContextAllocHuge(parts->context, parts->largest);

	for (int i = 0; i < ACTOR_PARTS; i++)
	{
		const ActorArray *array = &parts->combined[i];

		if (array->count > 0)
			VisitArray(visit, array->row, spare, array->count, ACTOR_PART_BITS);
	}
	pfree(spare);
}

/* Hand over rows in memory actor by actor */
static void
VisitRows(ActorRows *rows, ActorFunction function, void *context)
{
	ActorVisit visit = {.rows = rows, .function = function, .context = context};
	int64 count = rows->array.count;

	if (rows->parts != NULL)
	{
		ActorPartsAdd(rows->parts, rows->array.row, count);
		ActorArrayForget(&rows->array);
		for (int part = 0; rows->combine != NULL && part < ACTOR_PARTS; part++)
			ActorPartCombine(rows->parts, part);
		count = rows->parts->count;
	}
	visit.count = count;
	visit.show_at = (rows->level == 0 && count >= ACTOR_PROGRESS_ROWS) ? 0 : PG_INT64_MAX;
	if (rows->parts == NULL)
	{
		ActorRow *spare = NULL;

		if (count > FEW_ROWS)
			spare = MemoryContextAllocHuge(rows->context, count * sizeof(ActorRow));
		VisitArray(&visit, rows->array.row, spare, count, 0);
		if (spare != NULL)
			pfree(spare);
	}
	else if (rows->combine != NULL)
		VisitCombined(&visit, rows->parts);
	else
		VisitParts(&visit, rows->parts);
	if (visit.event != NULL)
		pfree(visit.event);
	if (visit.show_at != PG_INT64_MAX)
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

	if (rows->spill == NULL)
	{
		if (rows->array.count > 0 || rows->parts != NULL)
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
