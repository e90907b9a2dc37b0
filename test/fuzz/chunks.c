/*
 * chunks.c
 *		A memory context that asks malloc for every chunk.
 *
 * The server's own contexts put chunks side by side into large blocks, where a
 * sanitizer notices nothing as long as the block does not end.  Chunks lie eight
 * bytes beside a multiple of sixteen, as they may in the server, so that what
 * needs more is noticed, too.  Since 16 contexts are known to the server by
 * number and nobody can add one: an ordinary one is used then.
 */
#include "postgres.h"

#include "nodes/memnodes.h"

#include "chunks.h"

unsigned char memory_fill = 0x7F;

#if PG_VERSION_NUM < 160000

/* before each chunk; the server finds the context right before it */
typedef struct Chunk
{
	struct Chunk *next, *previous;
	Size size;
	void *unused;
	MemoryContext context;
} Chunk;

StaticAssertDecl(sizeof(Chunk) % 16 == 8, "chunks lie at a multiple of sixteen");

typedef struct Memory
{
	MemoryContextData header;
	Chunk chunks; /* the list starts and ends here */
} Memory;

/* Put a chunk on the list of a context */
static void *
Enlist(Memory *memory, Chunk *chunk, Size size)
{
	if (chunk == NULL)
		return NULL;
	chunk->next = memory->chunks.next;
	chunk->previous = &memory->chunks;
	chunk->next->previous = chunk->previous->next = chunk;
	chunk->size = size;
	chunk->context = &memory->header;
	memory->header.mem_allocated += size;
	return chunk + 1;
}

/* Take a chunk off the list of its context */
static Chunk *
Delist(Memory *memory, void *pointer)
{
	Chunk *chunk = (Chunk *) pointer - 1;

	chunk->next->previous = chunk->previous;
	chunk->previous->next = chunk->next;
	memory->header.mem_allocated -= chunk->size;
	return chunk;
}

/* Allocate a chunk that nobody has written yet */
static void *
MemoryAlloc(MemoryContext context, Size size)
{
	void *pointer = Enlist((Memory *) context, malloc(sizeof(Chunk) + size), size);

	if (pointer != NULL)
		memset(pointer, memory_fill, size);
	return pointer;
}

/* Free a chunk */
static void
MemoryFree(MemoryContext context, void *pointer)
{
	free(Delist((Memory *) context, pointer));
}

/* Give a chunk another size, always at another place */
static void *
MemoryRealloc(MemoryContext context, void *pointer, Size size)
{
	Size old = ((Chunk *) pointer - 1)->size;
	void *other = MemoryAlloc(context, size);

	if (other == NULL)
		return NULL;
	memcpy(other, pointer, Min(old, size));
	MemoryFree(context, pointer);
	return other;
}

/* Free all chunks of a context */
static void
MemoryReset(MemoryContext context)
{
	Memory *memory = (Memory *) context;

	while (memory->chunks.next != &memory->chunks)
		MemoryFree(context, memory->chunks.next + 1);
}

/* Free a context */
static void
MemoryDelete(MemoryContext context)
{
	MemoryReset(context);
	free(context);
}

/* Return the bytes of a chunk */
static Size
MemorySpace(MemoryContext context pg_attribute_unused(), void *pointer)
{
	return sizeof(Chunk) + ((Chunk *) pointer - 1)->size;
}

/* Tell whether a context has no chunks */
static bool
MemoryIsEmpty(MemoryContext context)
{
	Memory *memory = (Memory *) context;

	return memory->chunks.next == &memory->chunks;
}

/* Count what a context has */
static void
MemoryStats(MemoryContext context, MemoryStatsPrintFunc print pg_attribute_unused(),
			void *passthru pg_attribute_unused(), MemoryContextCounters *totals,
			bool to_stderr pg_attribute_unused())
{
	if (totals != NULL)
		totals->totalspace += context->mem_allocated;
}

#ifdef MEMORY_CONTEXT_CHECKING
/* Check nothing, as a sanitizer does */
static void
MemoryCheck(MemoryContext context pg_attribute_unused())
{
}
#endif

static const MemoryContextMethods methods = {
	MemoryAlloc,  MemoryFree,  MemoryRealloc, MemoryReset,
	MemoryDelete, MemorySpace, MemoryIsEmpty, MemoryStats,
#ifdef MEMORY_CONTEXT_CHECKING
	MemoryCheck,
#endif
};

/* Make a context */
MemoryContext
MemoryCreate(MemoryContext parent, const char *name)
{
	Memory *memory = calloc(1, sizeof(Memory));

	if (memory == NULL)
		elog(ERROR, "out of memory");
	memory->chunks.next = memory->chunks.previous = &memory->chunks;
	/* the server knows no other kinds, and asks only whether it is one of those */
	MemoryContextCreate(&memory->header, T_AllocSetContext, &methods, parent, name);
	return &memory->header;
}

#ifdef CXUX_LIBFUZZER
extern MemoryContext __wrap_AllocSetContextCreateInternal(MemoryContext parent, const char *name,
														  Size min_size, Size initial_size,
														  Size max_size);

/* Make such a context where the extension makes one of the server's */
MemoryContext
__wrap_AllocSetContextCreateInternal(MemoryContext parent, const char *name,
									 Size min_size pg_attribute_unused(),
									 Size initial_size pg_attribute_unused(),
									 Size max_size pg_attribute_unused())
{
	return MemoryCreate(parent, name);
}
#endif

#else

/* Make a context */
MemoryContext
MemoryCreate(MemoryContext parent, const char *name)
{
	MemoryContext context = AllocSetContextCreate(parent, "fuzz", ALLOCSET_DEFAULT_SIZES);

	MemoryContextSetIdentifier(context, name);
	return context;
}

#endif
