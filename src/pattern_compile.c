/*
 * pattern_compile.c
 *		Makes a stored pattern ready for matching.
 */
#include "postgres.h"

#include "pattern_compile.h"

/* slots of the smallest table as a power of two, and slots per name */
#define MIN_SLOT_BITS 5
#define SLOTS_PER_NAME 8

/* Make a table of the names of a pattern, which it copies */
static void
CompileNames(const StepPattern *pattern, CompiledNames *names)
{
	PatternName *name = PatternNames(pattern);
	int bits = MIN_SLOT_BITS;

	while (1 << bits < SLOTS_PER_NAME * pattern->names)
		bits++;
	names->shift = 64 - bits;
	names->last = (1 << bits) - 1;
	names->slot = palloc0(((Size) names->last + 1) * sizeof(NameSlot));
	for (uint32 i = 0; i <= names->last; i++)
		names->slot[i].length = -1;
	for (int i = 0; i < pattern->names; i++)
	{
		NameKey key = PatternNameKey(name[i].bytes, name[i].length);
		uint32 at = PatternNameSlot(names, key, name[i].length);

		while (names->slot[at].length >= 0)
			at = (at + 1) & names->last;
		names->slot[at].key = key;
		names->slot[at].bytes = pnstrdup(name[i].bytes, name[i].length);
		names->slot[at].length = name[i].length;
		names->slot[at].code = i + 1;
	}
	pfree(name);
}

/* Go on looking for a name that is long, or whose slot another one has */
int32
PatternSeekCode(const CompiledNames *names, NameKey key, uint32 at, const char *bytes, int length)
{
	for (;;)
	{
		const NameSlot *slot = &names->slot[at];

		if (slot->length < 0 ||
			(slot->length == length && slot->key.head == key.head && slot->key.tail == key.tail &&
			 memcmp(slot->bytes, bytes, length) == 0))
			return slot->code;
		at = (at + 1) & names->last;
	}
}

/* Note that events of a set serve a step, or break the link into it */
static void
CompileSet(MatchClass *class, int classes, const uint16 *members, int count, uint32 serves,
		   uint32 breaks)
{
	for (int i = 0; i < ((count == 0) ? classes : count); i++)
	{
		MatchClass *of = &class[(count == 0) ? i : members[i] + 1];

		of->serves |= serves;
		of->breaks |= breaks;
	}
}

/* Make a pattern ready for matching; the results live in the current memory context */
void
PatternCompile(const StepPattern *pattern, MatchPattern *match, CompiledNames *names)
{
	const uint16 *members = PatternMembers(pattern);
	int classes = pattern->names + 1;
	MatchClass *class = palloc0(classes * sizeof(MatchClass));

	memset(match, 0, sizeof(MatchPattern));
	match->steps = pattern->steps;
	match->any_order = (pattern->flags & PATTERN_ANY_ORDER) != 0;
	match->distinct_times = (pattern->flags & PATTERN_DISTINCT_TIMES) != 0;
	match->first_entry = (pattern->flags & PATTERN_FIRST_ENTRY) != 0;
	match->within = pattern->within;
	for (int i = 0; i < pattern->steps; i++)
	{
		const PatternStep *step = &pattern->step[i];
		uint32 bit = UINT32_C(1) << i;

		match->step[i].link = (MatchLink) step->link;
		match->step[i].optional = step->optional != 0;
		match->step[i].limit = step->limit;
		if (step->link == MATCH_WITHOUT)
			CompileSet(class, classes, members, step->forbidden, 0, bit);
		members += step->forbidden;
		CompileSet(class, classes, members, step->names, bit, 0);
		members += step->names;
	}
	match->classes = classes;
	match->class = class;
	CompileNames(pattern, names);
}

/* Tell whether events that the pattern does not name can make a difference */
bool
PatternNeedsOthers(const MatchPattern *match)
{
	if (match->class[PATTERN_OTHER].serves != 0 || match->class[PATTERN_OTHER].breaks != 0)
		return true;
	for (int i = 0; i < match->steps; i++)
	{
		if (match->step[i].link == MATCH_NEXT)
			return true;
	}
	return false;
}
