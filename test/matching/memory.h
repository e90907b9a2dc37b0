/*
 * memory.h
 *		Memory and errors for programs without a server.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "postgres.h"

#include <setjmp.h>

/* where an error goes */
extern jmp_buf error_handler;

extern void FreeMemory(void);

#endif /* MEMORY_H */
