/*
 * pattern_compile.h
 *		Makes a stored pattern ready for matching, and events into codes.
 *
 * Codes: 0 is any event that the pattern does not name, n the n-th of its
 * different names in the order of their bytes.
 */
#ifndef CXUX_PATTERN_COMPILE_H
#define CXUX_PATTERN_COMPILE_H

#include "postgres.h"

#include "match.h"
#include "pattern.h"

/* the code of an event that is not named */
#define PATTERN_OTHER 0

/* names up to so many bytes are told by their key and length alone */
#define NAME_KEY_BYTES 16

/* bytes of a name, all of them when it is short enough */
typedef struct NameKey
{
	uint64 head;
	uint64 tail;
} NameKey;

typedef struct NameSlot
{
	NameKey key;
	const char *bytes;
	int32 length; /* -1: the slot is free */
	int32 code;   /* of a free one PATTERN_OTHER */
} NameSlot;

/* a hash table that is mostly free */
typedef struct CompiledNames
{
	int shift; /* of a hash to its slot */
	uint32 last;
	NameSlot *slot;
} CompiledNames;

extern void PatternCompile(const StepPattern *pattern, MatchPattern *match, CompiledNames *names);
extern bool PatternNeedsOthers(const MatchPattern *match);

/* Return four bytes of a name */
static inline uint64
PatternNameWord(const char *bytes)
{
	uint32 word;

	memcpy(&word, bytes, sizeof(uint32));
	return word;
}

/*
 * Return the key of a name.
 *
 * Four words at the start, before and behind the middle, and at the end, which
 * overlap in a short name.  They are where they are so that names of whatever
 * length take the same path, as lengths follow no order that a processor could
 * foresee.
 */
static inline NameKey
PatternNameKey(const char *bytes, int length)
{
	NameKey key = {0, 0};

	if (length >= (int) sizeof(uint32))
	{
		int inner = (length >> 3) << 2;
		const char *last = bytes + length - sizeof(uint32);

		key.head = PatternNameWord(bytes) << 32 | PatternNameWord(bytes + inner);
		key.tail = PatternNameWord(last) << 32 | PatternNameWord(last - inner);
	}
	else if (length > 0)
		key.head = (uint64) (unsigned char) bytes[0] |
			(uint64) (unsigned char) bytes[length / 2] << 8 |
			(uint64) (unsigned char) bytes[length - 1] << 16;
	return key;
}

/* Return the slot where to look for a name first */
static inline uint32
PatternNameSlot(const CompiledNames *names, NameKey key, int length)
{
	/* odd numbers without a pattern; the high bits of a product depend on all bits */
	uint64 hash = (key.head ^ key.tail * UINT64CONST(0x9e3779b97f4a7c15)) + (uint64) length;

	return (uint32) ((hash * UINT64CONST(0xd6e8feb86659fd93)) >> names->shift);
}

/* Go on looking for a name that is long, or whose slot another one has */
extern int32 PatternSeekCode(const CompiledNames *names, NameKey key, uint32 at, const char *bytes,
							 int length);

/*
 * Return the code of an event by its name; once per row.
 *
 * A short one calls nothing, and takes the same path whether the pattern names
 * it or not, as that, too, follows no order.
 */
static inline int32
PatternCode(const CompiledNames *names, const char *bytes, int length)
{
	NameKey key = PatternNameKey(bytes, length);
	uint32 at = PatternNameSlot(names, key, length);
	const NameSlot *slot = &names->slot[at];
	/* no bits of a free slot, whose length is -1, all of another one */
	uint64 used = (uint64) ((int64) ~slot->length >> 63);
	uint64 differs = (slot->key.head ^ key.head) | (slot->key.tail ^ key.tail) |
		(uint64) (slot->length ^ length) | (uint64) (length > NAME_KEY_BYTES);

	if (likely((differs & used) == 0))
		return slot->code;
	return PatternSeekCode(names, key, at, bytes, length);
}

#endif /* CXUX_PATTERN_COMPILE_H */
