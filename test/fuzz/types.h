/*
 * types.h
 *		The types whose inputs are tried, and the functions that take their values.
 */
#ifndef FUZZ_TYPES_H
#define FUZZ_TYPES_H

#include "postgres.h"

#include "fmgr.h"

#define FUZZ_TYPES 14

/* the place of step_pattern */
#define FUZZ_PATTERN 11

#define MAX_ARGUMENTS 8

/* a function with an argument of a type */
typedef struct Call
{
	char *name;
	Oid function;
	Oid result;
	bool strict;
	int count;
	Oid argument[MAX_ARGUMENTS];
} Call;

typedef struct Type
{
	const char *name;
	Oid oid;
	int16 length;
	bool by_value;
	Oid parameter;
	FmgrInfo in, out, recv, send, hash, cmp;
	char *partner;
	int calls;
	Call *call;
} Type;

extern Type fuzz_types[FUZZ_TYPES];

/* what lasts for the session, and what for a case */
extern MemoryContext lasting_memory, passing_memory;

extern void LookUpTypes(void);
extern const Type *TypeOf(Oid oid);
extern const char *const *ArgumentTexts(Oid oid);

#endif /* FUZZ_TYPES_H */
