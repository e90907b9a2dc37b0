/*
 * memory.c
 *		Memory and errors for programs without a server.
 */
#include <stdio.h>

#include "memory.h"

jmp_buf error_handler;

typedef struct Chunk
{
	struct Chunk *next, *previous;
} Chunk;

static Chunk chunks = {&chunks, &chunks};

/* Put a chunk on the list */
static void *
Enlist(Chunk *chunk)
{
	if (chunk == NULL)
		abort();
	chunk->next = chunks.next;
	chunk->previous = &chunks;
	chunk->next->previous = chunk->previous->next = chunk;
	return chunk + 1;
}

/* Take a chunk off the list */
static Chunk *
Delist(void *pointer)
{
	Chunk *chunk = (Chunk *) pointer - 1;

	chunk->next->previous = chunk->previous;
	chunk->previous->next = chunk->next;
	return chunk;
}

/* Allocate what nobody has written yet */
void *
palloc(Size size)
{
	void *pointer = Enlist(malloc(sizeof(Chunk) + size));

	memset(pointer, 0x7F, size);
	return pointer;
}

/* Allocate zeros */
void *
palloc0(Size size)
{
	return Enlist(calloc(1, sizeof(Chunk) + size));
}

/* Give a chunk another size */
void *
repalloc_huge(void *pointer, Size size)
{
	return Enlist(realloc(Delist(pointer), sizeof(Chunk) + size));
}

/* Free a chunk */
void
pfree(void *pointer)
{
	free(Delist(pointer));
}

/* Leave for the handler of errors */
void
RaiseError(const char *message)
{
	printf("# error: %s\n", message);
	longjmp(error_handler, 1);
}

/* Free everything */
void
FreeMemory(void)
{
	while (chunks.next != &chunks)
		pfree(chunks.next + 1);
}
