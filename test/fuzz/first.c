/*
 * first.c
 *		Makes AddressSanitizer ready before anything else, preloaded beside its runtime.
 *
 * A library that the server is linked with registers its messages as it is
 * loaded.  Were that the first to ask for memory, the runtime would look for
 * symbols and fail with a message of its own while the C library holds the lock
 * of all messages, which is then never free again.
 */
#include <stdlib.h>

/* Ask for memory before all other libraries do */
static void __attribute__((constructor)) AskFirst(void)
{
	void *volatile memory = malloc(1);

	free(memory);
}
