/*
 * chunks.h
 *		Memory of the server in which a sanitizer sees every chunk by itself.
 */
#ifndef FUZZ_CHUNKS_H
#define FUZZ_CHUNKS_H

#include "postgres.h"

#include "utils/memutils.h"

/* what memory that nobody has written yet is full of */
extern unsigned char memory_fill;

extern MemoryContext MemoryCreate(MemoryContext parent, const char *name);

#endif /* FUZZ_CHUNKS_H */
