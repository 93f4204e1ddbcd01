/* Python on the C library's allocator, in a process where Python has run already.
 *
 * PYTHONMALLOC asks for it before Python begins; a frozen kiosk's Python reads no such variable. From
 * take_c_allocator() on, everything new comes from malloc, and is overwritten when it is freed as
 * MALLOC_PERTURB_ says. What Python made before lies in its own pools and goes back there: its free and its
 * realloc know their own blocks and hand all others to the C library.
 *
 * Source: CPython 3.11, Objects/obmalloc.c, _PyObject_Free and _PyObject_Realloc.
 */
#include <Python.h>

static PyMemAllocatorEx c_library, own[2];
static const PyMemAllocatorDomain domains[2] = {PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};

/* realloc of nothing is malloc, which Python's own would take from its pools. */
static void *resize(void *which, void *at, size_t size)
{
    PyMemAllocatorEx *python = which;
    return at ? python->realloc(python->ctx, at, size) : c_library.malloc(c_library.ctx, size);
}

static void give_back(void *which, void *at)
{
    PyMemAllocatorEx *python = which;
    python->free(python->ctx, at);
}

static void *take(void *which, size_t size)
{
    (void)which;
    return c_library.malloc(c_library.ctx, size);
}

static void *take_cleared(void *which, size_t number, size_t size)
{
    (void)which;
    return c_library.calloc(c_library.ctx, number, size);
}

/* Once, with the interpreter's lock held. */
void take_c_allocator(void)
{
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &c_library);
    for (int each = 0; each < 2; each++) {
        PyMem_GetAllocator(domains[each], &own[each]);
        PyMemAllocatorEx mixed = {&own[each], take, take_cleared, resize, give_back};
        PyMem_SetAllocator(domains[each], &mixed);
    }
}
