/*
 * json_input.h
 *		Reads the JSON text form of a summary, one object of named numbers
 *		and strings, and writes its numbers.
 */
#ifndef CXUX_JSON_INPUT_H
#define CXUX_JSON_INPUT_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "nodes/nodes.h"

#include "compat.h"

/* more members than any summary has */
#define JSON_MAX_MEMBERS 16

/* what a member holds */
typedef enum JsonKind
{
	JSON_NUMBER,
	JSON_STRING,
	JSON_OBJECT /* whose own members follow it */
} JsonKind;

/* a number or a string, or an array of either, as written, or an object */
typedef struct JsonMember
{
	char *name;
	char *outer; /* name of the object inside the object, else NULL */
	JsonKind kind;
	bool is_array;
	bool used;
	int count;
	int space;
	char **values;
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
extern bool JsonDecimal(JsonObject *object, const char *name, const char *type, int decimals,
						int128 *value, Node *escontext);
extern bool JsonDecimalArray(JsonObject *object, const char *name, const char *type, int count,
							 int decimals, int128 *values, Node *escontext);
extern bool JsonFloat(JsonObject *object, const char *name, const char *type, double *value,
					  Node *escontext);
extern bool JsonFloatArray(JsonObject *object, const char *name, const char *type, int count,
						   double *values, Node *escontext);
extern bool JsonString(JsonObject *object, const char *name, const char *type, char **value,
					   Node *escontext);
extern bool JsonStringArray(JsonObject *object, const char *name, const char *type, int count,
							char **values, Node *escontext);
extern int JsonArrayLength(const JsonObject *object, const char *name);
extern void AppendDecimal(StringInfo out, int128 value, int decimals);
extern void AppendFloat(StringInfo out, double value);
extern void AppendJsonFloat(StringInfo out, const char *name, double value);
extern bool CheckJsonUsed(const JsonObject *object, const char *type, Node *escontext);

#endif /* CXUX_JSON_INPUT_H */
