/*
 * actor_names.c
 *		Numbers actors that are not numbers themselves, in the order they appear.
 *
 * A hash table with linear probing, at most half full; a group of few actors does without.  Names
 * are compared byte by byte, so that no two actors are ever taken for one.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "actor_names.h"

/* so many names are looked for one by one */
#define FEW_NAMES 8

/* room for names and their bytes at first */
#define FIRST_NAMES 1
#define FIRST_BYTES 32

/* an empty place of the table, and no name */
#define NO_NUMBER (-1)

typedef struct NameEntry
{
	Size offset; /* of its bytes */
	int32 length;
	uint32 hash;
} NameEntry;

struct ActorNames
{
	MemoryContext context;
	int32 count;
	int32 space;
	NameEntry *entry;
	Size bytes;
	Size bytes_space;
	char *data;
	uint32 mask;  /* size of the table less one */
	int32 *table; /* numbers by hash; NULL for few names */
};

/* Return an empty dictionary */
ActorNames *
ActorNamesCreate(MemoryContext context)
{
	ActorNames *names = MemoryContextAllocZero(context, sizeof(ActorNames));

	names->context = context;
	names->space = FIRST_NAMES;
	names->entry = MemoryContextAlloc(context, names->space * sizeof(NameEntry));
	names->bytes_space = FIRST_BYTES;
	names->data = MemoryContextAlloc(context, names->bytes_space);
	return names;
}

/* Forget all names, but keep the room for them */
void
ActorNamesReset(ActorNames *names)
{
	names->count = 0;
	names->bytes = 0;
	if (names->table != NULL)
		memset(names->table, NO_NUMBER, (names->mask + 1) * sizeof(int32));
}

/* Tell whether an entry is that of a name */
static inline bool
IsName(const ActorNames *names, const NameEntry *entry, const ActorName *name, uint32 hash)
{
	return entry->hash == hash && entry->length == name->length &&
		memcmp(names->data + entry->offset, name->data, name->length) == 0;
}

/* Put a number into the table, in which there is room */
static void
PutNumber(ActorNames *names, int32 number)
{
	uint32 place = names->entry[number].hash & names->mask;

	while (names->table[place] != NO_NUMBER)
		place = (place + 1) & names->mask;
	names->table[place] = number;
}

/* Make a table at least twice as large as the names there are room for */
static void
RebuildTable(ActorNames *names)
{
	Size size = 2 * (Size) pg_nextpower2_32(names->space);

	if (names->table != NULL)
		pfree(names->table);
	names->mask = size - 1;
	names->table = MemoryContextAllocHuge(names->context, size * sizeof(int32));
	memset(names->table, NO_NUMBER, size * sizeof(int32));
	for (int32 i = 0; i < names->count; i++)
		PutNumber(names, i);
}

/* Append a name that is not there yet, and return its number */
static int32
AppendName(ActorNames *names, const ActorName *name, uint32 hash)
{
	NameEntry *entry;

	if (names->count >= names->space)
	{
		if (names->space > PG_INT32_MAX / 4)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many different actors in one group"),
					 errhint("Group by actor first, and merge the summaries with rollup().")));
		names->space *= 2;
		names->entry = repalloc_huge(names->entry, names->space * sizeof(NameEntry));
		if (names->space > FEW_NAMES)
			RebuildTable(names);
	}
	if (names->bytes + name->length > names->bytes_space)
	{
		names->bytes_space = Max(2 * names->bytes_space, names->bytes + name->length);
		names->data = repalloc_huge(names->data, names->bytes_space);
	}
	entry = &names->entry[names->count];
	entry->offset = names->bytes;
	entry->length = name->length;
	entry->hash = hash;
	memcpy(names->data + names->bytes, name->data, name->length);
	names->bytes += name->length;
	if (names->table != NULL)
		PutNumber(names, names->count);
	return names->count++;
}

/* Return the number of a name with a hash, or NO_NUMBER */
static inline int32
SeekName(const ActorNames *names, const ActorName *name, uint32 hash)
{
	if (names->table == NULL)
	{
		for (int32 i = 0; i < names->count; i++)
		{
			if (IsName(names, &names->entry[i], name, hash))
				return i;
		}
		return NO_NUMBER;
	}
	for (uint32 place = hash & names->mask; names->table[place] != NO_NUMBER;
		 place = (place + 1) & names->mask)
	{
		if (IsName(names, &names->entry[names->table[place]], name, hash))
			return names->table[place];
	}
	return NO_NUMBER;
}

/* Return the hash of a name */
static inline uint32
HashName(const ActorName *name)
{
	return hash_bytes((const unsigned char *) name->data, name->length);
}

/* Return the number of a name, a new one where it has none */
int64
ActorNamesFind(ActorNames *names, const ActorName *name)
{
	uint32 hash = HashName(name);
	int32 number = SeekName(names, name, hash);

	return (number != NO_NUMBER) ? number : AppendName(names, name, hash);
}

/* Return the number of a name, or -1 where it has none */
int64
ActorNamesSeek(const ActorNames *names, const ActorName *name)
{
	return SeekName(names, name, HashName(name));
}

/* Return how many names there are */
int64
ActorNamesCount(const ActorNames *names)
{
	return names->count;
}

/* Return a name by its number */
ActorName
ActorNamesGet(const ActorNames *names, int64 number)
{
	const NameEntry *entry = &names->entry[number];
	ActorName name = {entry->length, names->data + entry->offset};

	return name;
}
