/*
 * json_input.h
 *		Reads the JSON text form of a summary: one object of named numbers.
 */
#ifndef CXUX_JSON_INPUT_H
#define CXUX_JSON_INPUT_H

#include "postgres.h"

#include "nodes/nodes.h"

#include "compat.h"

/* more members or elements than any summary has */
#define JSON_MAX_MEMBERS 16
#define JSON_MAX_NUMBERS 128

/* a number, or an array of them, as written, or an object, whose own members follow it */
typedef struct JsonMember
{
	char *name;
	char *outer; /* name of the object inside the object, else NULL */
	bool is_array;
	bool is_object;
	bool used;
	int count;
	char **numbers;
} JsonMember;

typedef struct JsonObject
{
	const char *text; /* the whole input, for messages */
	int count;
	JsonMember member[JSON_MAX_MEMBERS];
} JsonObject;

extern bool ParseJsonObject(const char *text, const char *type, JsonObject *object,
							Node *escontext);
extern bool JsonHasMember(const JsonObject *object, const char *name);
extern bool JsonInt64(JsonObject *object, const char *name, const char *type, int64 *value,
					  Node *escontext);
extern bool JsonInt64Array(JsonObject *object, const char *name, const char *type, int count,
						   int64 *values, Node *escontext);
extern bool JsonDecimalArray(JsonObject *object, const char *name, const char *type, int count,
							 int decimals, int128 *values, Node *escontext);
extern bool CheckJsonUsed(const JsonObject *object, const char *type, Node *escontext);

#endif /* CXUX_JSON_INPUT_H */
