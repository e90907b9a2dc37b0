/*
 * actor_parts.c
 *		Keeps many rows of actors in parts by actor, each small enough to be sorted at hand.
 *
 * A part is a list of blocks, which grow with it up to a limit, so that no row is moved when there
 * are more, and little room is left empty.
 *
 * Rows that are to be combined wait in their parts until there are about as many as combined ones:
 * these have then to be fetched from memory once for many rows, and are at hand for all of them.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "actor_parts.h"

/* bytes of a part's first block, and of its largest; no allocator wastes any of a power of two */
#define FIRST_BLOCK_BYTES 1024
#define MAX_BLOCK_BYTES (32 * 1024)

/* what the allocator keeps beside a block */
#define ALLOCATOR_BYTES 16

/* so many bytes of a part wait at least to be combined, in room for so many rows at first */
#define MIN_WAITING_BYTES 2048
#define FIRST_COMBINED 64

/* Return a collection without rows */
ActorParts *
ActorPartsCreate(MemoryContext context, ActorCombine combine)
{
	ActorParts *parts = MemoryContextAllocZero(context, sizeof(ActorParts));

	parts->context = context;
	parts->combine = combine;
	if (combine != NULL)
		parts->combined = MemoryContextAllocZero(context, ACTOR_PARTS * sizeof(ActorArray));
	return parts;
}

/* Append a block to a part that has no room */
static pg_noinline void
AppendBlock(ActorParts *parts, ActorPart *part)
{
	Size bytes = Min(Max(part->size, FIRST_BLOCK_BYTES), MAX_BLOCK_BYTES);
	ActorBlock *block;

	block = MemoryContextAlloc(parts->context, bytes - ALLOCATOR_BYTES);
	block->next = NULL;
	block->space = (bytes - ALLOCATOR_BYTES - offsetof(ActorBlock, row)) / sizeof(ActorRow);
	if (part->last == NULL)
		part->first = block;
	else
		part->last->next = block;
	part->last = block;
	part->next = block->row;
	part->end = block->row + block->space;
	part->size += bytes;
	parts->largest = Max(parts->largest, part->size);
}

/* Add rows, each to the part of its actor */
void
ActorPartsAdd(ActorParts *parts, const ActorRow *row, int64 count)
{
	for (int64 i = 0; i < count; i++)
	{
		ActorPart *part = &parts->part[ActorHash(row[i].actor) >> (64 - ACTOR_PART_BITS)];

		if (unlikely(part->next == part->end))
			AppendBlock(parts, part);
		*part->next++ = row[i];
	}
	parts->count += count;
}

/* Return how many rows a part has */
int64
ActorPartCount(const ActorPart *part)
{
	int64 count = 0;

	for (const ActorBlock *block = part->first; block != NULL; block = block->next)
		count += ActorBlockCount(part, block);
	return count;
}

/* Copy the rows of a part, in the order they came */
void
ActorPartCopy(const ActorPart *part, ActorRow *row)
{
	for (const ActorBlock *block = part->first; block != NULL; block = block->next)
	{
		int64 count = ActorBlockCount(part, block);

		memcpy(row, block->row, count * sizeof(ActorRow));
		row += count;
	}
}

/* Forget the rows of a part, and give back the room for them */
static void
ForgetBlocks(ActorPart *part)
{
	ActorBlock *next;

	for (ActorBlock *block = part->first; block != NULL; block = next)
	{
		next = block->next;
		pfree(block);
	}
	memset(part, 0, sizeof(ActorPart));
}

/* Tell whether so many rows of a part wait that they should be combined */
bool
ActorPartIsDue(const ActorParts *parts, int part)
{
	Size combined = parts->combined[part].count * sizeof(ActorRow);

	return parts->part[part].size > Max(combined, MIN_WAITING_BYTES);
}

/* Combine the rows of a part */
void
ActorPartCombine(ActorParts *parts, int part)
{
	ActorPart *from = &parts->part[part];
	ActorArray *into = &parts->combined[part];
	int64 before = into->count;

	CHECK_FOR_INTERRUPTS();
	ActorArrayFetch(into);
	for (const ActorBlock *block = from->first; block != NULL; block = block->next)
	{
		int64 count = ActorBlockCount(from, block), done = 0;

		while ((done += ActorArrayCombine(into, parts->combine, block->row + done, count - done)) <
			   count)
			ActorArrayGrow(into, parts->context, Max(2 * into->space, FIRST_COMBINED), true);
		parts->count -= count;
	}
	parts->count += into->count - before;
	parts->largest = Max(parts->largest, ActorArraySize(into));
	ForgetBlocks(from);
}

/* Forget all rows, and give back the room for them */
void
ActorPartsForget(ActorParts *parts)
{
	for (int i = 0; i < ACTOR_PARTS; i++)
	{
		ForgetBlocks(&parts->part[i]);
		if (parts->combined != NULL)
			ActorArrayFree(&parts->combined[i]);
	}
	parts->count = 0;
	parts->largest = 0;
}
