/*
 * inject.c
 *		Linked into cxux.so for tests only: lets the n-th allocation fail, cancels at the n-th
 *		occasion, and measures how far such occasions lie apart.
 *
 * Functions of the server that may allocate are called through WRAP, by the linker's --wrap (see
 * build.sh, which writes wrapped.h).  Setting cxux_faults.allocation to n starts counting at zero;
 * the n-th call then ends in the error of a server that has no memory left, and so do all that
 * follow while cxux_faults.lasting is on.  The variable that CHECK_FOR_INTERRUPTS looks at is
 * replaced by one that is always set, so that each of its places comes here.
 */
#include "postgres.h"

#include <limits.h>
#include <time.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"

extern volatile sig_atomic_t __real_InterruptPending;
extern void __real_ProcessInterrupts(void);
extern volatile sig_atomic_t __wrap_InterruptPending;
extern void __wrap_ProcessInterrupts(void);
extern void InjectAllocation(const char *name);
extern void _PG_init(void);

/* settings, which workers of a parallel query have, too */
static int fail_allocation = 0;
static bool fail_lasting = false;
static int fail_interrupt = 0;

/* what was seen since one of them was set */
static int64 allocations = 0;
static int64 interrupts = 0;
static const char *failed_at = NULL;

/* the longest time without an occasion to cancel, of this process alone, and where it was */
static double last_seen; /* a clock that costs little to read */
static double last_used; /* one that costs more, read when the other has moved on by so much: */
#define CLOCK_STEP 1.0
static double longest_gap = 0;
static const char *gap_from = NULL;
static const char *gap_to = NULL;
static const char *last_place = NULL;

volatile sig_atomic_t __wrap_InterruptPending = true;

/* Calls a function after counting it; all registers of arguments are kept */
#define WRAP(name) \
	__asm__( \
		".text\n.globl __wrap_" #name "\n.type __wrap_" #name ", @function\n__wrap_" #name ":\n" \
		"\tpushq %rdi\n\tpushq %rsi\n\tpushq %rdx\n\tpushq %rcx\n\tpushq %r8\n\tpushq %r9\n\tpushq %rax\n" \
		"\tsubq $128, %rsp\n" \
		"\tmovups %xmm0, (%rsp)\n\tmovups %xmm1, 16(%rsp)\n\tmovups %xmm2, 32(%rsp)\n\tmovups %xmm3, 48(%rsp)\n" \
		"\tmovups %xmm4, 64(%rsp)\n\tmovups %xmm5, 80(%rsp)\n\tmovups %xmm6, 96(%rsp)\n\tmovups %xmm7, 112(%rsp)\n" \
		"\tleaq .Lname_" #name "(%rip), %rdi\n\tcall InjectAllocation@PLT\n" \
		"\tmovups (%rsp), %xmm0\n\tmovups 16(%rsp), %xmm1\n\tmovups 32(%rsp), %xmm2\n\tmovups 48(%rsp), %xmm3\n" \
		"\tmovups 64(%rsp), %xmm4\n\tmovups 80(%rsp), %xmm5\n\tmovups 96(%rsp), %xmm6\n\tmovups 112(%rsp), %xmm7\n" \
		"\taddq $128, %rsp\n" \
		"\tpopq %rax\n\tpopq %r9\n\tpopq %r8\n\tpopq %rcx\n\tpopq %rdx\n\tpopq %rsi\n\tpopq %rdi\n" \
		"\tjmp __real_" #name "@PLT\n" \
		".section .rodata\n.Lname_" #name ": .string \"" #name "\"\n.text\n");
#include "wrapped.h"

/* Counts an allocation and fails where that was asked for */
void
InjectAllocation(const char *name)
{
	allocations++;
	if (fail_allocation > 0 &&
		(allocations == fail_allocation || (fail_lasting && allocations > fail_allocation)))
	{
		if (failed_at == NULL)
			failed_at = name;
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"),
				 errdetail("Injected at allocation %d.", fail_allocation)));
	}
}

/* Returns a clock's milliseconds */
static double
Milliseconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Counts an occasion to cancel and cancels where that was asked for */
void
__wrap_ProcessInterrupts(void)
{
	const char *place = __builtin_return_address(0);
	double now = Milliseconds(CLOCK_MONOTONIC);

	if (now - last_seen >= CLOCK_STEP)
	{
		double used = Milliseconds(CLOCK_THREAD_CPUTIME_ID);

		if (last_place != NULL && used - last_used > longest_gap)
		{
			longest_gap = used - last_used;
			gap_from = last_place;
			gap_to = place;
		}
		last_used = used;
		last_seen = now;
	}
	interrupts++;
	if (interrupts == fail_interrupt)
	{
		failed_at = "ProcessInterrupts";
		QueryCancelPending = true;
		__real_InterruptPending = true;
	}
	if (__real_InterruptPending)
		__real_ProcessInterrupts();
	last_place = place;
}

/* Starts counting anew; at the end of a transaction, too, when a setting goes back */
static void
Restart(void)
{
	allocations = interrupts = 0;
}

/* Starts counting for a setting */
static void
AssignNumber(int value, void *extra)
{
	(void) extra;
	Restart();
	if (value > 0)
		failed_at = NULL;
}

/* Defines the settings */
void
_PG_init(void)
{
	DefineCustomIntVariable("cxux_faults.allocation", "Allocation that fails.", NULL,
							&fail_allocation, 0, 0, INT_MAX, PGC_USERSET, 0, NULL, AssignNumber,
							NULL);
	DefineCustomIntVariable("cxux_faults.interrupt", "Occasion to cancel that is taken.", NULL,
							&fail_interrupt, 0, 0, INT_MAX, PGC_USERSET, 0, NULL, AssignNumber,
							NULL);
	DefineCustomBoolVariable("cxux_faults.lasting", "Fail from there on.", NULL, &fail_lasting,
							 false, PGC_USERSET, 0, NULL, NULL, NULL);
}

PG_FUNCTION_INFO_V1(faults_allocations);
PG_FUNCTION_INFO_V1(faults_interrupts);
PG_FUNCTION_INFO_V1(faults_failed_at);
PG_FUNCTION_INFO_V1(faults_gap_start);
PG_FUNCTION_INFO_V1(faults_gap);

/* Returns how many allocations there were */
Datum
faults_allocations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(allocations);
}

/* Returns how many occasions to cancel there were */
Datum
faults_interrupts(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(interrupts);
}

/* Returns the function that failed last */
Datum
faults_failed_at(PG_FUNCTION_ARGS)
{
	if (failed_at == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(failed_at));
}

/* Starts measuring: now, or at the first occasion, where the server has some of its own before */
Datum
faults_gap_start(PG_FUNCTION_ARGS)
{
	longest_gap = 0;
	last_seen = Milliseconds(CLOCK_MONOTONIC);
	last_used = Milliseconds(CLOCK_THREAD_CPUTIME_ID);
	last_place = PG_GETARG_BOOL(0) ? "" : NULL;
	PG_RETURN_VOID();
}

/* Returns the longest time, and the places as offsets in the library: "milliseconds from to" */
Datum
faults_gap(PG_FUNCTION_ARGS)
{
	extern const char __executable_start_of_library[] __asm__("__ehdr_start");
	const char *base = __executable_start_of_library;

	/* what lies between the last occasion and the end counts */
	__wrap_ProcessInterrupts();
	PG_RETURN_TEXT_P(
		cstring_to_text(psprintf("%.1f 0x%lx 0x%lx", longest_gap,
								 (unsigned long) (gap_from >= base ? gap_from - base : 0),
								 (unsigned long) (gap_to >= base ? gap_to - base : 0))));
}
